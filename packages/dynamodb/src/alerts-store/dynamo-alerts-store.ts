import { PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Alert } from '@weir/alerts';
import { outcomeOfWrite } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { fromQuery, partitionQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { updateIf } from '../table/updates/transact.ts';
import {
  ALERTS_PARTITION,
  alertKey,
  firingKey,
  firingsPartition,
  mailAttribute,
  RULES_KEY,
  storedAlert,
  storedFiring,
} from './alert-items.ts';
import type { AlertSet, AlertsStore } from './alerts-store.ts';
import { CURSOR_KEY, cursorItem, storedCursor } from './cursor-item.ts';
import { createAlert, removeAlert, updateAlert } from './write-alert.ts';
import { writeFiring, writeRecovery } from './write-firing.ts';

/** Rules in DynamoDB: an item for each rule and each firing, one that counts the rules, and the cursor. */
export function createDynamoAlertsStore(access: TableAccess): AlertsStore {
  return {
    create: (alert) => createAlert(access, alert),
    update: (alert, { revision }) => updateAlert(access, alert, revision),
    remove: (id) => removeAlert(access, id),
    fire: (firing, change) => writeFiring(access, firing, change),
    recover: (alertId, recovered, change) => writeRecovery(access, alertId, { ...recovered, change }),

    async find(id) {
      const item = await getItem(access, alertKey(id));
      return item && storedAlert(item);
    },

    async list({ after, limit }) {
      const from = after === undefined ? undefined : alertKey(after);
      const { items, isLast } = await readPage(access, ALERTS_PARTITION, { from, limit, newestFirst: false });
      const alerts = items.map(storedAlert);
      return { alerts, next: isLast ? undefined : alerts.at(-1)?.id };
    },

    async all(known, { hasStates } = { hasStates: false }) {
      // Before the rules: these are then at least as new as their version.
      const { version, stateChanges } = await (hasStates ? readChanges(access) : readVersion(access));
      const isSame = known?.version === version && (!hasStates || known.stateChanges === stateChanges);
      if (isSame) return known;
      const alerts: Alert[] = [];
      for await (const page of queryPages(access, partitionQuery(ALERTS_PARTITION))) {
        alerts.push(...page.map(storedAlert));
      }
      return { version, stateChanges, alerts };
    },

    async findFiring(alertId, bucketStart) {
      const item = await getItem(access, firingKey(alertId, bucketStart));
      return item && storedFiring(item);
    },

    async noteMail(alertId, bucketStart, { addressId, outcome }) {
      const name = mailAttribute(addressId);
      const update = new ItemUpdate().set(name, outcome).whenThere();
      if (outcome !== 'sent') update.whenMissing(name);
      await updateIf(access, firingKey(alertId, bucketStart), update.build());
    },

    async firings(alertId, { after, limit }) {
      const from = after === undefined ? undefined : firingKey(alertId, after);
      const { items, isLast } = await readPage(access, firingsPartition(alertId), { from, limit, newestFirst: true });
      const firings = items.flatMap((item) => storedFiring(item) ?? []);
      return { firings, next: isLast ? undefined : firings.at(-1)?.bucket.start };
    },

    async readCursor() {
      const item = await getItem(access, CURSOR_KEY);
      return item && storedCursor(item);
    },

    async moveCursor(cursor) {
      const put = new PutItemCommand({
        ...{ TableName: access.tableName, Item: cursorItem(cursor) },
        ...new ItemUpdate().whenMissingOr('evaluatedUpTo', '<=', cursor.evaluatedUpTo).buildCondition(),
      });
      return (await outcomeOfWrite(access.client.send(put))).failed === undefined;
    },
  };
}

type Changes = Omit<AlertSet, 'alerts'>;

async function readVersion(access: TableAccess): Promise<Changes> {
  return { version: versionOf(await getItem(access, RULES_KEY)), stateChanges: undefined };
}

/** One query for the version and all counters: no counter goes back, so their sum is the same only if each of them is. */
async function readChanges(access: TableAccess): Promise<Changes> {
  let [version, stateChanges] = [0, 0];
  for await (const page of queryPages(access, fromQuery(RULES_KEY))) {
    for (const item of page) {
      if (item.sk?.S === RULES_KEY.sk) version = versionOf(item);
      else stateChanges += Number(item.changes?.N ?? 0);
    }
  }
  return { version, stateChanges };
}

function versionOf(item: TableItem | undefined): number {
  return Number(item?.version?.N ?? 0);
}

interface Page {
  /** The last key of the page before. */
  readonly from: TableKey | undefined;
  readonly limit: number;
  readonly newestFirst: boolean;
}

async function readPage(
  { client, tableName: TableName }: TableAccess,
  partition: string,
  { from, limit, newestFirst }: Page,
): Promise<{ items: readonly TableItem[]; isLast: boolean }> {
  const query = new QueryCommand({
    ...{ TableName, ...partitionQuery(partition), ConsistentRead: true, ScanIndexForward: !newestFirst },
    // One more than asked for: DynamoDB names a next page even if that page is empty.
    Limit: limit + 1,
    ...(from && { ExclusiveStartKey: keyAttributes(from) }),
  });
  const { Items = [], LastEvaluatedKey } = await client.send(query);
  return { items: Items.slice(0, limit), isLast: Items.length <= limit && LastEvaluatedKey === undefined };
}
