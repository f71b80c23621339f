import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { runKey } from '../metrics-store/keys.ts';
import { chunks } from '../table/batches.ts';
import { getItem } from '../table/get-item.ts';
import { partitionQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { TRANSACT_LIMIT, type TransactItem, transact, updateIf } from '../table/updates/transact.ts';
import {
  countsItem,
  countsOf,
  countsPartition,
  memberItems,
  membersOf,
  membersPartition,
  PASS_KEY,
  partKey,
  passOf,
} from './pass-items.ts';
import { NO_PASS, type Pass, type PassPhase, type PassStore, type Walked } from './passes-store.ts';

/** Where passes are: `tableName` is the `users` table. */
export interface PassAccess extends TableAccess {
  readonly metricsTable: string;
}

/** The attributes that record how far a pass walked. */
const WALKED = ['area', 'after', 'waitingHour', 'failingHour'] as const;

/** The pass under way, in DynamoDB. */
export function createPassStore(access: PassAccess): PassStore {
  const { client, tableName: TableName, metricsTable } = access;

  async function find(): Promise<Pass> {
    const item = await getItem(access, PASS_KEY);
    return item ? passOf(item) : NO_PASS;
  }

  const update = async (change: ItemUpdate) => (await updateIf(access, PASS_KEY, change.build())) !== undefined;

  /** The client may have sent the write twice, because it had no answer to the first. */
  async function rename(change: ItemUpdate, execution: string): Promise<Pass | undefined> {
    await update(change.set('execution', execution));
    const pass = await find();
    return pass.execution === execution ? pass : undefined;
  }

  /** On condition that the pass is still walking. */
  function whileWalking(pass: number): TransactItem {
    const condition = during(new ItemUpdate(), pass, 'walking').buildCondition();
    return { ConditionCheck: { TableName, Key: keyAttributes(PASS_KEY), ...condition } } as TransactItem;
  }

  async function removeAll(pk: string): Promise<void> {
    for await (const page of queryPages(access, { ...partitionQuery(pk), ProjectionExpression: 'pk, sk' })) {
      for (const part of chunks(page, TRANSACT_LIMIT)) await removeSome(access, part);
    }
  }

  return {
    find,

    begin(before, execution) {
      const change = new ItemUpdate().set('number', before.number + 1).set('phase', 'gathering');
      return rename(before.number === 0 ? change.whenNew() : during(change, before.number, 'over'), execution);
    },

    restart({ number, phase, execution }, next) {
      return rename(during(new ItemUpdate(), number, phase).when('execution', '=', execution), next);
    },

    async open(pass, members, at) {
      const [list, parts] = memberItems(pass, members, at);
      for (const Item of parts) await client.send(new PutItemCommand({ TableName, Item }));
      const change = new ItemUpdate()
        .set('phase', 'walking')
        .set('beganAt', at)
        .remove(...WALKED);
      change.set('memberList', list.name).set('memberParts', list.parts);
      return update(during(change, pass, 'gathering'));
    },

    async listMembers({ number, members }) {
      const list = members ?? { name: '', parts: 0 };
      const parts = Array.from({ length: list.parts }, async (_, part) =>
        membersOf(await getItem(access, partKey(number, list, part))),
      );
      return (await Promise.all(parts)).flat();
    },

    save: (pass, walked) => update(during(walkedTo(walked), pass, 'walking')),

    replaceRun: (pass, { run, digest, ...counts }) =>
      transact(client, [
        {
          Update: {
            TableName: metricsTable,
            Key: keyAttributes(runKey(run.logId, run.from)),
            ...new ItemUpdate().set('digest', digest).when('digest', '=', run.digest).build(),
          },
        },
        { Put: { TableName, Item: countsItem(pass, counts) } },
        whileWalking(pass),
      ]),

    async count(pass, counts) {
      for (;;) {
        if (await transact(client, [{ Put: { TableName, Item: countsItem(pass, counts) } }, whileWalking(pass)])) {
          return true;
        }
        // Another write of the pass was under way, or the pass has gone on.
        const { number, phase } = await find();
        if (number !== pass || phase !== 'walking') return false;
      }
    },

    endWalk: (pass) => update(during(new ItemUpdate().set('phase', 'settling'), pass, 'walking')),

    async *listCounts(pass) {
      for await (const page of queryPages(access, partitionQuery(countsPartition(pass)))) yield* page.map(countsOf);
    },

    async end(pass, phase) {
      if (phase === 'settling') for (const pk of [countsPartition(pass), membersPartition(pass)]) await removeAll(pk);
      await update(during(new ItemUpdate().set('phase', 'over'), pass, phase));
    },
  };
}

function during(update: ItemUpdate, pass: number, phase: PassPhase): ItemUpdate {
  return update.when('number', '=', pass).when('phase', '=', phase);
}

function walkedTo(walked: Walked): ItemUpdate {
  const update = new ItemUpdate();
  for (const name of WALKED) {
    const value = walked[name];
    if (value === undefined) update.remove(name);
    else update.set(name, value);
  }
  return update;
}

/** Items that no longer exist are skipped. */
async function removeSome({ client, tableName: TableName }: TableAccess, items: readonly TableItem[]): Promise<void> {
  const removals = items.map((Key) => ({ Delete: { TableName, Key } }));
  while (!(await transact(client, removals)));
}
