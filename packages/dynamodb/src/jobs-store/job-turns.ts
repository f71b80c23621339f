import { pauseBefore } from '../table/batches.ts';
import { getItem } from '../table/get-item.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { type TransactItem, transact } from '../table/updates/transact.ts';
import type { Turns } from './job-changes.ts';
import { jobKey, type StoredTurns, storedTurns, turnsItem, turnsKey } from './job-item.ts';

/** The result of a change, and what it writes; without `turns` nothing is written. */
export interface TurnsChange<Result> {
  readonly result: Result;
  readonly turns?: Turns;
  readonly writes?: readonly TransactItem[];
}

export interface TurnsOfKey {
  readonly keyId: string;
  readonly now: number;
}

/**
 * Changes the turns of a key together with jobs, in one transaction. If another write came first, `change` is asked
 * again with what there is then.
 */
export async function changeTurns<Result>(
  access: TableAccess,
  { keyId, now }: TurnsOfKey,
  change: (turns: StoredTurns) => Promise<TurnsChange<Result>>,
): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'change the turns of a key');
    const read = await readTurns(access, keyId);
    const { turns, writes = [], result } = await change(read);
    if (!turns) return result;
    const put = putTurns(access, turnsItem(read, turns, now), read.version);
    if (await transact(access.client, [...writes, put])) return result;
  }
}

async function readTurns(access: TableAccess, keyId: string): Promise<StoredTurns> {
  return storedTurns(await getItem(access, turnsKey(keyId)), keyId);
}

/** An update of a job, for a transaction. */
export function updateJob({ tableName: TableName }: TableAccess, id: string, update: ItemUpdate): TransactItem {
  return { Update: { TableName, Key: keyAttributes(jobKeyOf(id)), ...update.build() } };
}

export function jobKeyOf(id: string): TableKey {
  const key = jobKey(id);
  if (!key) throw new RangeError(`${id} is no id of a job`);
  return key;
}

function putTurns({ tableName: TableName }: TableAccess, Item: TableItem, version: number): TransactItem {
  const condition = version === 0 ? new ItemUpdate().whenNew() : new ItemUpdate().when('version', '=', version);
  return { Put: { TableName, Item, ...condition.buildCondition() } };
}
