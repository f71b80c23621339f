import { getItem } from '../table/get-item.ts';
import { getItems } from '../table/get-items.ts';
import { queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { type TransactItem, transact } from '../table/updates/transact.ts';
import {
  dueKey,
  erasureOf,
  newReceipt,
  openKey,
  placeNames,
  QUEUE_PARTITION,
  queueItem,
  queueKey,
  receiptKey,
  waitingOf,
} from './erasure-items.ts';
import type {
  Erasure,
  ErasureSettlement,
  ErasureStart,
  ErasureStatus,
  ErasureStore,
  NextStep,
  PlaceCount,
} from './erasures-store.ts';

/** Two writers of one receipt rarely meet. */
const MAX_CREDITS = 10;

/**
 * Erasures in DynamoDB: a receipt for each. An erasure that has not ended also has an item that leads from the person
 * to it, and a place in the queue.
 */
export function createErasureStore(access: TableAccess): ErasureStore {
  const { client, tableName: TableName } = access;

  async function find(id: string): Promise<Erasure | undefined> {
    const item = await getItem(access, receiptKey(id));
    return item && erasureOf(item);
  }

  async function findOf(userId: string): Promise<string | undefined> {
    return (await getItem(access, openKey(userId)))?.erasureId?.S;
  }

  return {
    find,
    findOf,

    async findAll(ids) {
      const items = await getItems(access, ids.map(receiptKey));
      return new Map(items.map((item) => [item.sk?.S ?? '', erasureOf(item)]));
    },

    async begin(start) {
      for (;;) {
        if (await create(access, start)) return erasureOf(newReceipt(start));
        const running = await find((await findOf(start.userId)) ?? '');
        // It may have ended between the two reads: then there is none now.
        const joined = running && (await join(access, running, start));
        if (joined) return joined;
      }
    },

    async *listDue(now) {
      const query = {
        KeyConditionExpression: 'pk = :pk AND sk < :end',
        ExpressionAttributeValues: { ':pk': { S: QUEUE_PARTITION }, ':end': { S: dueKey(now + 1) } },
      };
      for await (const page of queryPages(access, query)) yield* page.map(waitingOf);
    },

    async credit(id, place, count) {
      const Key = keyAttributes(receiptKey(id));
      const Update = { TableName, Key, ...addCount(new ItemUpdate(), place, count).build() };
      for (let attempt = 0; attempt < MAX_CREDITS; attempt++) if (await transact(client, [{ Update }])) return;
      throw new Error(`other writers keep changing the receipt of erasure ${id}`);
    },

    settle: (settlement) => transact(client, settlementOf(TableName, settlement)),

    fail(erasure) {
      const update = goOn(changed(erasure), { status: 'failed' });
      const Update = { TableName, Key: keyAttributes(receiptKey(erasure.id)), ...update.build() };
      return transact(client, [{ Update }, ...requeued(TableName, erasure, undefined)]);
    },
  };
}

function create({ client, tableName: TableName }: TableAccess, start: ErasureStart): Promise<boolean> {
  const ConditionExpression = 'attribute_not_exists(pk)';
  const open = { ...keyAttributes(openKey(start.userId)), erasureId: { S: start.id } };
  return transact(client, [
    { Put: { TableName, Item: newReceipt(start), ConditionExpression } },
    { Put: { TableName, Item: open, ConditionExpression } },
    { Put: { TableName, Item: queueItem(erasureOf(newReceipt(start))) } },
  ]);
}

/**
 * The erasure that has not ended, if it covers this request; undefined if it has ended, or another caller was first.
 */
async function join(access: TableAccess, running: Erasure, start: ErasureStart): Promise<Erasure | undefined> {
  if (running.status === 'done') return undefined;
  const isCovered = running.until >= start.requestedAt;
  if (running.status === 'running' && isCovered) return running;
  const extended: Erasure = {
    ...running,
    ...(!isCovered && { until: start.until, renewedAt: start.requestedAt }),
    ...{ status: 'running', step: 'now', dueAt: start.requestedAt, tries: 0, revision: running.revision + 1 },
  };
  const { client, tableName: TableName } = access;
  const Key = keyAttributes(receiptKey(extended.id));
  const Update = { TableName, Key, ...extensionOf(running, extended).build() };
  return (await transact(client, [{ Update }, ...requeued(TableName, running, extended)])) ? extended : undefined;
}

function extensionOf(before: Erasure, { until, renewedAt, ...after }: Erasure): ItemUpdate {
  const update = moveOn(changed(before, before.status), after);
  return update.set('status', 'running').set('until', until).set('renewedAt', renewedAt);
}

function settlementOf(TableName: string, { pass, erasure, counts, next }: ErasureSettlement): TransactItem[] {
  const update = next ? goOn(changed(erasure), next) : new ItemUpdate();
  update.set('countedPass', pass).when('countedPass', '<', pass);
  for (const [place, count] of Object.entries(counts)) addCount(update, place, count);
  const Update = { TableName, Key: keyAttributes(receiptKey(erasure.id)), ...update.build() };
  if (!next) return [{ Update }];
  const after = next.status === 'running' ? { ...erasure, ...next, revision: erasure.revision + 1 } : undefined;
  const open = { Delete: { TableName, Key: keyAttributes(openKey(erasure.userId ?? '')) } };
  return [{ Update }, ...requeued(TableName, erasure, after), ...(next.status === 'done' ? [open] : [])];
}

/** A change of an erasure, on condition that it is still as it was read. */
function changed({ revision }: Erasure, status: ErasureStatus = 'running'): ItemUpdate {
  return new ItemUpdate()
    .set('revision', revision + 1)
    .when('revision', '=', revision)
    .when('status', '=', status);
}

function goOn(update: ItemUpdate, next: NextStep): ItemUpdate {
  if (next.status === 'running') return moveOn(update, next);
  update.set('status', next.status);
  return next.status === 'done' ? update.set('finishedAt', next.at).remove('userId') : update;
}

function moveOn(update: ItemUpdate, { step, dueAt, tries }: Pick<Erasure, 'step' | 'dueAt' | 'tries'>): ItemUpdate {
  return update.set('step', step).set('dueAt', dueAt).set('tries', tries);
}

function addCount(update: ItemUpdate, place: string, { items, objects, at }: PlaceCount): ItemUpdate {
  const names = placeNames(place);
  return update.add(names.items, items).add(names.objects, objects).set(names.at, at);
}

/** Moves an erasure's place in the queue. A failed erasure has none. */
function requeued(TableName: string, before: Erasure, after: Erasure | undefined): TransactItem[] {
  const isSame = after?.dueAt === before.dueAt;
  const Delete = { TableName, Key: keyAttributes(queueKey(before)) };
  return [
    ...(before.status === 'running' && !isSame ? [{ Delete }] : []),
    ...(after ? [{ Put: { TableName, Item: queueItem(after) } }] : []),
  ];
}
