import {
  BatchExecuteStatementCommand,
  type BatchStatementRequest,
  type BatchStatementResponse,
} from '@aws-sdk/client-dynamodb';
import { chunks, mapSome, pauseBefore } from '../table/batches.ts';
import { getItems } from '../table/get-items.ts';
import { partitionQuery, queryPages } from '../table/query-pages.ts';
import type { TableAccess, TableItem } from '../table/table-access.ts';
import { ALL_TIME_PARTITION, bucketSortKey, parseRowKey, rowKey, rowPartition } from './keys.ts';
import type { RowKey, RowStore, RowWrite, StoredRow } from './metrics-store.ts';

/** Statements in one BatchExecuteStatement (DynamoDB's limit). */
const STATEMENTS_PER_BATCH = 25;

/** Codes of a statement whose row is no longer as it was read. */
const MOVED_ON = new Set(['ConditionalCheckFailed', 'DuplicateItem']);
/** Codes of a statement that may be sent again. */
const PASSING = new Set([
  'ItemCollectionSizeLimitExceeded',
  'RequestLimitExceeded',
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'InternalServerError',
  'TransactionConflict',
]);

/** The rows in DynamoDB. */
export function createRowStore(access: TableAccess): RowStore {
  return {
    async readRows(keys) {
      return (await getItems(access, keys.map(rowKey))).map(storedRow);
    },

    async writeRows(writes) {
      const batches = chunks(writes, STATEMENTS_PER_BATCH);
      return (await mapSome(batches, (batch) => writeBatch(access, batch))).flat();
    },

    async queryRows({ kind, subject, from, to }) {
      const query = {
        KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
        ExpressionAttributeValues: {
          ':pk': { S: rowPartition(kind, subject) },
          ':from': { S: bucketSortKey(from) },
          // '$' follows '#', so this is past every log of the last bucket.
          ':to': { S: `${bucketSortKey(to)}$` },
        },
      };
      return drainRows(access, query);
    },

    listAllTime: () => drainRows(access, partitionQuery(ALL_TIME_PARTITION)),
  };
}

async function drainRows(access: TableAccess, query: Parameters<typeof queryPages>[1]): Promise<StoredRow[]> {
  const rows: StoredRow[] = [];
  for await (const page of queryPages(access, query)) for (const item of page) rows.push(storedRow(item));
  return rows;
}

/** `BatchExecuteStatement` is not a transaction: each statement succeeds or fails by its own condition. */
async function writeBatch({ client, tableName }: TableAccess, writes: readonly RowWrite[]): Promise<RowKey[]> {
  const movedOn: RowKey[] = [];
  let left = writes;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'write all rows');
    const Statements = left.map((write) => statement(tableName, write));
    const { Responses = [] } = await client.send(new BatchExecuteStatementCommand({ Statements }));
    if (Responses.length !== left.length) throw new Error('DynamoDB did not answer for every row');
    const again: RowWrite[] = [];
    for (const [i, write] of left.entries()) {
      const outcome = outcomeOf(Responses[i]);
      if (outcome === 'moved-on') movedOn.push(write.key);
      if (outcome === 'again') again.push(write);
    }
    left = again;
  }
  return movedOn;
}

function outcomeOf(response: BatchStatementResponse | undefined): 'written' | 'moved-on' | 'again' {
  const code = response?.Error?.Code;
  if (code === undefined) return 'written';
  if (MOVED_ON.has(code)) return 'moved-on';
  if (PASSING.has(code)) return 'again';
  throw new Error(`DynamoDB refused a row: ${code}: ${response?.Error?.Message}`);
}

function statement(tableName: string, { key, upTo, body, madeFrom, expiresAt }: RowWrite): BatchStatementRequest {
  const { pk, sk } = rowKey(key);
  const expiry = expiresAt === undefined ? [] : [{ N: String(expiresAt) }];
  if (madeFrom === undefined) {
    const Parameters = [{ S: pk }, { S: sk }, { N: String(upTo) }, { B: body }, ...expiry];
    const expires = expiry.length > 0 ? `, 'expiresAt': ?` : '';
    const Statement = `INSERT INTO "${tableName}" VALUE {'pk': ?, 'sk': ?, 'upTo': ?, 'body': ?${expires}}`;
    return { Statement, Parameters };
  }
  const expires = expiry.length > 0 ? ' SET "expiresAt" = ?' : '';
  const Statement = `UPDATE "${tableName}" SET "upTo" = ? SET "body" = ?${expires} WHERE "pk" = ? AND "sk" = ? AND "upTo" = ?`;
  const Parameters = [{ N: String(upTo) }, { B: body }, ...expiry, { S: pk }, { S: sk }, { N: String(madeFrom) }];
  return { Statement, Parameters };
}

function storedRow(item: TableItem): StoredRow {
  const key = parseRowKey({ pk: item.pk?.S ?? '', sk: item.sk?.S ?? '' });
  return { key, upTo: Number(item.upTo?.N), body: item.body?.B ?? new Uint8Array() };
}
