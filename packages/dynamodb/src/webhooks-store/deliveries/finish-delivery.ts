import { isDeepStrictEqual } from 'node:util';
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { pauseBefore } from '../../table/batches.ts';
import { outcomeOfWrite } from '../../table/conditional-write.ts';
import { getItem } from '../../table/get-item.ts';
import { keyAttributes, type TableAccess } from '../../table/table-access.ts';
import { transact } from '../../table/updates/transact.ts';
import { isDisabled, whileDisabled } from '../endpoints/while-disabled.ts';
import type { Delivery, DeliveryOutcome } from './deliveries-store.ts';
import { notHeld, withOutcome } from './delivery-changes.ts';
import { deliveryKey, storedDelivery } from './delivery-item.ts';
import { outcomeUpdate } from './delivery-updates.ts';

/** Writes what came of a claimed delivery, on condition of its lease. */
export function finishDelivery(access: TableAccess, claimed: Delivery, outcome: DeliveryOutcome): Promise<boolean> {
  return outcome.status === 'held' ? hold(access, claimed, outcome) : write(access, claimed, outcome);
}

/**
 * Holds a delivery while its endpoint is disabled, both in one transaction: whoever has read the endpoint a moment ago
 * would otherwise hold it after a recovery.
 */
async function hold(access: TableAccess, claimed: Delivery, outcome: DeliveryOutcome): Promise<boolean> {
  const { client, tableName: TableName } = access;
  const { endpointId, attempt, leaseUntil } = claimed;
  const Key = keyAttributes(deliveryKey(claimed));
  const Update = { TableName, Key, ...outcomeUpdate(claimed, withOutcome(claimed, outcome)).build() };
  for (let tries = 0; ; tries++) {
    if (tries > 0) await pauseBefore(tries, 'hold a delivery');
    if (await transact(client, [{ Update }, whileDisabled(access, endpointId)])) return true;
    if (!(await isDisabled(access, endpointId))) return write(access, claimed, notHeld(claimed, outcome));
    const item = await getItem(access, deliveryKey(claimed));
    const stored = item && storedDelivery(item);
    if (stored?.attempt !== attempt || stored.leaseUntil !== leaseUntil) return false;
  }
}

/** A write whose answer was lost is sent again: what is in its way is then its own result. */
async function write(
  { client, tableName: TableName }: TableAccess,
  claimed: Delivery,
  outcome: DeliveryOutcome,
): Promise<boolean> {
  const result = withOutcome(claimed, outcome);
  const update = new UpdateItemCommand({
    ...{ TableName, Key: keyAttributes(deliveryKey(claimed)), ...outcomeUpdate(claimed, result).build() },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  });
  const { failed } = await outcomeOfWrite(client.send(update));
  if (failed === undefined) return true;
  if (failed.Item === undefined || outcome.attempt === undefined) return false;
  const { dueAt: _dueAt, askedAt: _askedAt, ...written } = result;
  return isDeepStrictEqual(storedDelivery(failed.Item), written);
}
