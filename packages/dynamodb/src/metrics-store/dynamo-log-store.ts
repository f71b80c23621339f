import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { entryKey, LOGS_PARTITION, logItemKey, logPartition, type TableKey } from './keys.ts';
import { type LogItem, type LogStore, NOTHING_FOLDED, type StoredEntry, type Watermark } from './metrics-store.ts';

/** An item of the table as the SDK gives it. */
export type TableItem = Record<string, AttributeValue>;

/** Where the table is. */
export interface TableAccess {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** The logs in DynamoDB. Reads are consistent; pages are drained. */
export function createLogStore({ client, tableName: TableName }: TableAccess): LogStore {
  return {
    async register(logId, parents) {
      await putOnce({ client, tableName: TableName }, logItemKey(logId), {
        parents: { L: parents.map((S) => ({ S })) },
      });
    },

    async find(logId) {
      const Key = keyAttributes(logItemKey(logId));
      const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
      return Item && logItem(Item);
    },

    async list() {
      const items: LogItem[] = [];
      for await (const page of queryPages({ client, tableName: TableName }, partitionQuery(LOGS_PARTITION))) {
        items.push(...page.map(logItem));
      }
      return items;
    },

    append(logId, { number, body }, expiresAt) {
      return putOnce({ client, tableName: TableName }, entryKey(logId, number), {
        body: { B: body },
        expiresAt: { N: String(expiresAt) },
      });
    },

    async readAfter(logId, after, { maxBytes = Number.POSITIVE_INFINITY, maxEntries } = {}) {
      const entries: StoredEntry[] = [];
      let bytes = 0;
      const past = after < 0 ? partitionQuery(logPartition(logId)) : pastQuery(entryKey(logId, after));
      const query = maxEntries === undefined ? past : { ...past, Limit: maxEntries };
      for await (const page of queryPages({ client, tableName: TableName }, query)) {
        for (const item of page) {
          const entry = storedEntry(item);
          entries.push(entry);
          bytes += entry.body.length;
          if (bytes >= maxBytes || entries.length === maxEntries) return entries;
        }
      }
      return entries;
    },

    async *readBackwards(logId) {
      const query = { ...partitionQuery(logPartition(logId)), ScanIndexForward: false };
      for await (const page of queryPages({ client, tableName: TableName }, query)) yield* page.map(storedEntry);
    },

    async raiseWatermark(logId, { number, position, arrival }: Watermark) {
      const raise = new UpdateItemCommand({
        TableName,
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
      await unlessConditionFails(() => client.send(raise));
    },
  };
}

/** Writes an item unless its key is taken; false when it is. */
export async function putOnce({ client, tableName }: TableAccess, key: TableKey, item: TableItem): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: { ...keyAttributes(key), ...item },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  return unlessConditionFails(() => client.send(put));
}

/** Every page of a consistent query. */
export async function* queryPages({ client, tableName }: TableAccess, query: PartialQuery): AsyncIterable<TableItem[]> {
  let from: TableItem | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        ...query,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

type PartialQuery = Omit<QueryCommandInput, 'TableName'>;

/** A query for all of a partition. */
export function partitionQuery(pk: string): PartialQuery {
  return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } } };
}

/** A query for what stands past a key in its partition. */
export function pastQuery({ pk, sk }: TableKey): PartialQuery {
  return {
    KeyConditionExpression: 'pk = :pk AND sk > :sk',
    ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: sk } },
  };
}

export function keyAttributes({ pk, sk }: TableKey): TableItem {
  return { pk: { S: pk }, sk: { S: sk } };
}

async function unlessConditionFails(write: () => Promise<unknown>): Promise<boolean> {
  try {
    await write();
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

function storedEntry(item: TableItem): StoredEntry {
  return { number: Number(item.sk?.S), body: item.body?.B ?? new Uint8Array() };
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
