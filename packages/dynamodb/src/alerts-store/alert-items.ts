import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Alert, AlertState, Firing, MailOutcome, Recovery } from '@weir/alerts';
import { keyAttributes, type TableItem, type TableKey } from '../table/table-access.ts';
import { FIRING_KEPT_MS } from './alerts-store.ts';

/** The partition of all rules. */
export const ALERTS_PARTITION = 'alerts';

/** The item with the number of rules, and with the version of all of them. */
export const RULES_KEY: TableKey = { pk: 'progress', sk: 'rules' };

/** Items that count changes of states: two rules that fire at once seldom write the same one. */
const STATE_COUNTERS = 256;
const STATE_COUNTER = 'states#';

/** The item that counts how often a rule, and some others, fired and recovered. It comes after `RULES_KEY`. */
export function stateChangesKey(alertId: string): TableKey {
  const hash = [...alertId].reduce((sum, digit) => (sum * 31 + digit.charCodeAt(0)) % STATE_COUNTERS, 0);
  return { pk: RULES_KEY.pk, sk: `${STATE_COUNTER}${`${hash}`.padStart(3, '0')}` };
}

/** Digits of a bucket's start (ms), so that firings are sorted by it. */
const START_DIGITS = 15;

const MAIL_PREFIX = 'mail:';

export function alertKey(id: string): TableKey {
  return { pk: ALERTS_PARTITION, sk: id };
}

export function alertItem(alert: Alert): TableItem {
  return {
    ...{ ...keyAttributes(alertKey(alert.id)), rule: { S: ruleText(alert) }, revision: { N: `${alert.revision}` } },
    ...{ state: { S: JSON.stringify(alert.state) }, version: { N: `${alert.state.version}` } },
  };
}

/** What callers decide of a rule, as text. */
export function ruleText({ id: _id, revision: _revision, state: _state, ...rule }: Alert): string {
  return JSON.stringify(rule);
}

/** Whether a stored rule is this very one: its write was made, and the answer was lost. */
export function isSameAlert(stored: Alert, alert: Alert): boolean {
  return ruleText(stored) === ruleText(alert);
}

export function storedAlert({ sk, rule, revision, state }: TableItem): Alert {
  return {
    ...(JSON.parse(rule?.S ?? '') as Omit<Alert, 'id' | 'revision' | 'state'>),
    ...{ id: sk?.S ?? '', revision: Number(revision?.N), state: JSON.parse(state?.S ?? '') as AlertState },
  };
}

export function firingsPartition(alertId: string): string {
  return `firings#${alertId}`;
}

export function firingKey(alertId: string, bucketStart: number): TableKey {
  return { pk: firingsPartition(alertId), sk: `${bucketStart}`.padStart(START_DIGITS, '0') };
}

export function firingItem(firing: Firing): TableItem {
  return {
    ...{ ...keyAttributes(firingKey(firing.alertId, firing.bucket.start)), firing: { S: JSON.stringify(firing) } },
    expiresAt: keptUntil(firing.firedAt),
  };
}

/** When the table forgets a firing that was written, or ended, at this time. */
export function keptUntil(at: number): AttributeValue {
  return { N: `${Math.ceil((at + FIRING_KEPT_MS) / 1000)}` };
}

/** The firing of an item, also as the table's stream gives it; undefined if the item is none. */
export function storedFiring(item: TableItem): Firing | undefined {
  const { pk, firing, recovery, told, toldAt } = item;
  if (pk?.S?.startsWith(firingsPartition('')) !== true || firing?.S === undefined) return undefined;
  return {
    ...(JSON.parse(firing.S) as Firing),
    ...(told?.BOOL === true && { notified: true }),
    // What an earlier release told has no time.
    ...(toldAt?.N !== undefined && { toldAt: Number(toldAt.N) }),
    ...(recovery?.S !== undefined && { recovery: JSON.parse(recovery.S) as Recovery }),
    ...mailsOf(item),
  };
}

/** The attribute of a firing that holds what came of its mail to an address. Each has one, so that none waits for another. */
export function mailAttribute(addressId: string): string {
  return `${MAIL_PREFIX}${addressId}`;
}

function mailsOf(item: TableItem): Pick<Firing, 'mails'> {
  const mails = Object.entries(item).flatMap(([name, { S }]) =>
    name.startsWith(MAIL_PREFIX) ? [[name.slice(MAIL_PREFIX.length), S as MailOutcome] as const] : [],
  );
  return mails.length > 0 ? { mails: Object.fromEntries(mails) } : {};
}
