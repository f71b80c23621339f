import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite, putOnce } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { partitionQuery, pastQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem } from '../table/table-access.ts';
import { entryKey, LOGS_PARTITION, logItemKey, logPartition } from './keys.ts';
import { type LogItem, type LogStore, NOTHING_FOLDED, type StoredEntry, type Watermark } from './metrics-store.ts';
import { EntryBytes } from './stored-entry.ts';

/** The logs in DynamoDB. Reads are consistent; pages are drained. */
export function createLogStore(access: TableAccess): LogStore {
  return {
    async register(logId, parents) {
      await putOnce(access, logItemKey(logId), { parents: { L: parents.map((S) => ({ S })) } });
    },

    async find(logId) {
      const item = await getItem(access, logItemKey(logId));
      return item && logItem(item);
    },

    async list() {
      const items: LogItem[] = [];
      for await (const page of queryPages(access, partitionQuery(LOGS_PARTITION))) items.push(...page.map(logItem));
      return items;
    },

    append(logId, { number, body }, expiresAt) {
      return putOnce(access, entryKey(logId, number), {
        body: { B: body },
        expiresAt: { N: String(expiresAt) },
      });
    },

    async readAfter(logId, after, { maxBytes = Number.POSITIVE_INFINITY, maxEntries } = {}) {
      const entries: StoredEntry[] = [];
      let bytes = 0;
      const past = after < 0 ? partitionQuery(logPartition(logId)) : pastQuery(entryKey(logId, after));
      const query = maxEntries === undefined ? past : { ...past, Limit: maxEntries };
      for await (const page of queryPages(access, query)) {
        for (const item of page) {
          const entry = storedEntry(item);
          entries.push(entry);
          bytes += entry.bytes;
          if (bytes >= maxBytes || entries.length === maxEntries) return entries;
        }
      }
      return entries;
    },

    async *readBackwards(logId, { maxEntries = Number.POSITIVE_INFINITY } = {}) {
      const newestFirst = { ...partitionQuery(logPartition(logId)), ScanIndexForward: false };
      const query = maxEntries === Number.POSITIVE_INFINITY ? newestFirst : { ...newestFirst, Limit: maxEntries };
      let left = maxEntries;
      for await (const page of queryPages(access, query)) {
        for (const item of page) {
          yield storedEntry(item);
          if (--left <= 0) return;
        }
      }
    },

    async raiseWatermark(logId, { number, position, arrival }: Watermark) {
      const raise = new UpdateItemCommand({
        TableName: access.tableName,
        Key: keyAttributes(logItemKey(logId)),
        UpdateExpression: 'SET folded = :n, sequenceNumber = :s, positionIndex = :i, arrival = :a',
        ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(folded) OR folded < :n)',
        ExpressionAttributeValues: {
          ':n': { N: String(number) },
          ':s': { S: position?.sequenceNumber ?? '' },
          ':i': { N: String(position?.index ?? 0) },
          ':a': { N: String(arrival ?? 0) },
        },
      });
      // The watermark is as high already: it may stay.
      await outcomeOfWrite(access.client.send(raise));
    },
  };
}

function storedEntry(item: TableItem): StoredEntry {
  return new EntryBytes(Number(item.sk?.S), item.body?.B ?? new Uint8Array());
}

function logItem(item: TableItem): LogItem {
  const parents = (item.parents?.L ?? []).flatMap(({ S }) => S ?? []);
  return { logId: item.sk?.S ?? '', parents, watermark: item.folded ? watermark(item) : NOTHING_FOLDED };
}

function watermark(item: TableItem): Watermark {
  const sequenceNumber = item.sequenceNumber?.S ?? '';
  return {
    number: Number(item.folded?.N),
    position: sequenceNumber ? { sequenceNumber, index: Number(item.positionIndex?.N) } : undefined,
    arrival: Number(item.arrival?.N) || undefined,
  };
}
