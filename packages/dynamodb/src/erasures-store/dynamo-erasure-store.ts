import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { runKey } from '../metrics-store/keys.ts';
import { keyAttributes, type TableAccess, type TableItem } from '../table/table-access.ts';
import { erasureOf, newReceipt, openKey, placeNames, receiptKey } from './erasure-items.ts';
import { ARCHIVE_PLACE, type Erasure, type ErasureStart, type ErasureStore } from './erasures-store.ts';
import { transact, updateIf } from './transact.ts';

/** Two writers of one receipt meet at most now and then. */
const MAX_CREDITS = 10;

/** Where erasures are: `tableName` is the `users` table. */
export interface ErasureAccess extends TableAccess {
  readonly metricsTable: string;
}

/** Erasures in DynamoDB: a receipt for each, and while it has not ended, an item that leads from the person to it. */
export function createErasureStore(access: ErasureAccess): ErasureStore {
  const { client, tableName: TableName, metricsTable } = access;

  async function find(id: string): Promise<Erasure | undefined> {
    const Key = keyAttributes(receiptKey(id));
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item && erasureOf(Item);
  }

  async function findOf(userId: string): Promise<string | undefined> {
    const Key = keyAttributes(openKey(userId));
    const { Item } = await client.send(new GetItemCommand({ TableName, Key, ConsistentRead: true }));
    return Item?.erasureId?.S;
  }

  return {
    find,
    findOf,

    async begin(start) {
      for (;;) {
        if (await create(access, start)) return erasureOf(newReceipt(start));
        const running = await find((await findOf(start.userId)) ?? '');
        // It may have ended between the two: then there is none now.
        const joined = running && (await join(access, running, start));
        if (joined) return joined;
      }
    },

    async restart(id, attempt) {
      await updateIf(access, receiptKey(id), {
        UpdateExpression: 'SET attempt = :next',
        ConditionExpression: 'attempt = :before',
        ExpressionAttributeValues: { ':next': { N: `${attempt}` }, ':before': { N: `${attempt - 1}` } },
      });
    },

    async credit(id, place, { items, objects, at }) {
      const Key = keyAttributes(receiptKey(id));
      const Update = { TableName, Key, ...creditUpdate(place, { items, objects, at }) };
      for (let attempt = 0; attempt < MAX_CREDITS; attempt++) if (await transact(client, [{ Update }])) return;
      throw new Error(`others write the receipt of erasure ${id} all the time`);
    },

    replaceRun: ({ erasureId, run, digest, lines, at }) =>
      transact(client, [
        {
          Update: {
            TableName: metricsTable,
            Key: keyAttributes(runKey(run.logId, run.from)),
            UpdateExpression: 'SET digest = :new',
            ConditionExpression: 'digest = :old',
            ExpressionAttributeValues: { ':new': { S: digest }, ':old': { S: run.digest } },
          },
        },
        {
          Update: {
            TableName,
            Key: keyAttributes(receiptKey(erasureId)),
            ...creditUpdate(ARCHIVE_PLACE, { items: lines, objects: 1, at }),
          },
        },
      ]),

    async finish(id, { until, at }) {
      const erasure = await find(id);
      if (erasure?.userId === undefined) return false;
      return transact(client, [
        { Update: { TableName, Key: keyAttributes(receiptKey(id)), ...finishUpdate(until, at) } },
        { Delete: { TableName, Key: keyAttributes(openKey(erasure.userId)) } },
      ]);
    },

    async fail(id) {
      await updateIf(access, receiptKey(id), {
        UpdateExpression: 'SET #status = :failed',
        ConditionExpression: '#status = :running',
        ExpressionAttributeNames: { '#status': 'status' },
        ExpressionAttributeValues: { ':failed': { S: 'failed' }, ':running': { S: 'running' } },
      });
    },
  };
}

function create({ client, tableName: TableName }: TableAccess, start: ErasureStart): Promise<boolean> {
  const ConditionExpression = 'attribute_not_exists(pk)';
  const open = { ...keyAttributes(openKey(start.userId)), erasureId: { S: start.id } };
  return transact(client, [
    { Put: { TableName, Item: newReceipt(start), ConditionExpression } },
    { Put: { TableName, Item: open, ConditionExpression } },
  ]);
}

/** The erasure that has not ended, when it covers this request; undefined when it has, or somebody else was first. */
async function join(access: TableAccess, running: Erasure, start: ErasureStart): Promise<Erasure | undefined> {
  if (running.status === 'done') return undefined;
  if (running.status === 'running' && running.until >= start.requestedAt) return running;
  const extended = await extend(access, running, start);
  return extended && erasureOf(extended);
}

function extend(
  access: TableAccess,
  running: Erasure,
  { requestedAt, until }: ErasureStart,
): Promise<TableItem | undefined> {
  const attempt = running.attempt + (running.status === 'failed' ? 1 : 0);
  const isCovered = running.until >= requestedAt;
  return updateIf(access, receiptKey(running.id), {
    UpdateExpression: 'SET #until = :until, renewedAt = :renewedAt, attempt = :attempt, #status = :running',
    ConditionExpression: '#status = :status AND #until = :before',
    ExpressionAttributeNames: { '#status': 'status', '#until': 'until' },
    ExpressionAttributeValues: {
      ':until': { N: `${isCovered ? running.until : until}` },
      ':renewedAt': { N: `${isCovered ? running.renewedAt : requestedAt}` },
      ':before': { N: `${running.until}` },
      ':attempt': { N: `${attempt}` },
      ':running': { S: 'running' },
      ':status': { S: running.status },
    },
  });
}

function creditUpdate(place: string, { items, objects, at }: { items: number; objects: number; at: number }) {
  const names = placeNames(place);
  return {
    UpdateExpression: 'ADD #items :items, #objects :objects SET #at = :at',
    ExpressionAttributeNames: { '#items': names.items, '#objects': names.objects, '#at': names.at },
    ExpressionAttributeValues: { ':items': { N: `${items}` }, ':objects': { N: `${objects}` }, ':at': { N: `${at}` } },
  };
}

function finishUpdate(until: number, at: number) {
  return {
    UpdateExpression: 'SET #status = :done, finishedAt = :at REMOVE userId',
    ConditionExpression: '#status = :running AND #until = :until',
    ExpressionAttributeNames: { '#status': 'status', '#until': 'until' },
    ExpressionAttributeValues: {
      ':done': { S: 'done' },
      ':running': { S: 'running' },
      ':at': { N: `${at}` },
      ':until': { N: `${until}` },
    },
  };
}
