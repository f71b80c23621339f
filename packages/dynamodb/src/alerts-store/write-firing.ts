import type { Firing, Recovery, StateChange } from '@weir/alerts';
import { pauseBefore } from '../table/batches.ts';
import { getItem } from '../table/get-item.ts';
import { keyAttributes, type TableAccess, type TableKey } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { type TransactItem, transact } from '../table/updates/transact.ts';
import { alertKey, firingItem, firingKey, keptUntil, stateChangesKey, storedAlert } from './alert-items.ts';
import type { Recovered } from './alerts-store.ts';

/** Writes a firing and the state of its rule, in one transaction. */
export async function writeFiring(
  access: TableAccess,
  firing: Firing,
  change: StateChange,
): Promise<'fired' | 'exists' | 'changed'> {
  const { alertId, bucket } = firing;
  const isNew = new ItemUpdate().whenNew().buildCondition();
  const Put = { TableName: access.tableName, Item: firingItem(firing), ...isNew };
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'write a firing');
    if (await transact(access.client, [{ Put }, ...writeState(access, alertId, change)])) return 'fired';
    if (await getItem(access, firingKey(alertId, bucket.start))) return 'exists';
    if (!(await isUnchanged(access, alertId, change))) return 'changed';
  }
}

/** Writes a recovery to the firing that it ends, that a later one is told, and the rule's state, in one transaction. */
export async function writeRecovery(
  access: TableAccess,
  alertId: string,
  { ended, recovery, told, change }: Recovered & { readonly change: StateChange },
): Promise<boolean> {
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'write a recovery');
    const writes = writeState(access, alertId, change);
    // A rule may fire for longer than the table keeps its firing.
    const key = firingKey(alertId, ended);
    if (await getItem(access, key)) writes.push(writeEnd(access, key, recovery));
    const later = told === undefined ? undefined : firingKey(alertId, told);
    if (later && (await getItem(access, later))) writes.push(writeTold(access, later, recovery.recoveredAt));
    if (await transact(access.client, writes)) return true;
    if (!(await isUnchanged(access, alertId, change))) return false;
  }
}

/** With the count of changes, by which evaluators know whether they must read the rules again. */
function writeState({ tableName: TableName }: TableAccess, alertId: string, change: StateChange): TransactItem[] {
  const { revision, version, to } = change;
  const update = new ItemUpdate().set('state', JSON.stringify(to)).set('version', to.version);
  update.when('revision', '=', revision).when('version', '=', version);
  const count = new ItemUpdate().add('changes', 1);
  return [
    { Update: { TableName, Key: keyAttributes(alertKey(alertId)), ...update.build() } },
    { Update: { TableName, Key: keyAttributes(stateChangesKey(alertId)), ...count.build() } },
  ];
}

function writeEnd({ tableName: TableName }: TableAccess, key: TableKey, recovery: Recovery): TransactItem {
  const update = new ItemUpdate().set('recovery', JSON.stringify(recovery)).whenThere();
  update.set('expiresAt', keptUntil(recovery.recoveredAt));
  return { Update: { TableName, Key: keyAttributes(key), ...update.build() } };
}

function writeTold({ tableName: TableName }: TableAccess, key: TableKey, at: number): TransactItem {
  const update = new ItemUpdate().set('told', { BOOL: true }).set('toldAt', at).whenThere();
  return { Update: { TableName, Key: keyAttributes(key), ...update.build() } };
}

async function isUnchanged(access: TableAccess, alertId: string, { revision, version }: StateChange): Promise<boolean> {
  const item = await getItem(access, alertKey(alertId));
  const alert = item && storedAlert(item);
  return alert?.revision === revision && alert.state.version === version;
}
