import type { Alert } from '@weir/alerts';
import { pauseBefore } from '../table/batches.ts';
import { getItem } from '../table/get-item.ts';
import { keyAttributes, type TableAccess } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { type TransactItem, transact } from '../table/updates/transact.ts';
import { alertItem, alertKey, isSameAlert, RULES_KEY, ruleText, storedAlert } from './alert-items.ts';
import { MAX_ALERTS } from './alerts-store.ts';

/** Writes a new rule, and counts it, in one transaction. */
export function createAlert(access: TableAccess, alert: Alert): Promise<'created' | 'exists' | 'full'> {
  const isNew = new ItemUpdate().whenNew().buildCondition();
  const Put = { TableName: access.tableName, Item: alertItem(alert), ...isNew };
  return writeRule(access, { write: { Put }, added: 1, result: 'created' }, async () => {
    const item = await getItem(access, alertKey(alert.id));
    if (item) return isSameAlert(storedAlert(item), alert) ? 'created' : 'exists';
    return (await countAlerts(access)) >= MAX_ALERTS ? 'full' : undefined;
  });
}

/** Changes what a caller may change of a rule. */
export function updateAlert(access: TableAccess, alert: Alert, revision: number): Promise<boolean> {
  const update = new ItemUpdate().set('rule', ruleText(alert)).set('revision', revision + 1);
  update.when('revision', '=', revision);
  const Update = { TableName: access.tableName, Key: keyAttributes(alertKey(alert.id)), ...update.build() };
  return writeRule(access, { write: { Update }, added: 0, result: true }, async () => {
    const item = await getItem(access, alertKey(alert.id));
    return item && storedAlert(item).revision === revision ? undefined : false;
  });
}

/** Removes a rule, and no longer counts it, in one transaction. */
export function removeAlert(access: TableAccess, id: string): Promise<boolean> {
  const isThere = new ItemUpdate().whenThere().buildCondition();
  const Delete = { TableName: access.tableName, Key: keyAttributes(alertKey(id)), ...isThere };
  return writeRule(access, { write: { Delete }, added: -1, result: true }, async () => {
    return (await getItem(access, alertKey(id))) ? undefined : false;
  });
}

interface RuleWrite<Result> {
  readonly write: TransactItem;
  /** Number of rules that it adds. */
  readonly added: number;
  readonly result: Result;
}

/**
 * A write of a rule, with the next version of all rules. `whyNot` tells what stood in the way; undefined if it was only
 * another write at the same time.
 */
async function writeRule<Result>(
  access: TableAccess,
  { write, added, result }: RuleWrite<Result>,
  whyNot: () => Promise<Result | undefined>,
): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'write a rule');
    if (await transact(access.client, [write, countRules(access, added)])) return result;
    const reason = await whyNot();
    if (reason !== undefined) return reason;
  }
}

function countRules({ tableName: TableName }: TableAccess, added: number): TransactItem {
  const update = new ItemUpdate().add('version', 1).add('rules', added);
  if (added > 0) update.whenMissingOr('rules', '<', MAX_ALERTS);
  return { Update: { TableName, Key: keyAttributes(RULES_KEY), ...update.build() } };
}

async function countAlerts(access: TableAccess): Promise<number> {
  return Number((await getItem(access, RULES_KEY))?.rules?.N ?? 0);
}
