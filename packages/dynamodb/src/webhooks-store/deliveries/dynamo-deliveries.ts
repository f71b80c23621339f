import { isDeepStrictEqual } from 'node:util';
import { DeleteItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite, putOnce } from '../../table/conditional-write.ts';
import { getItem } from '../../table/get-item.ts';
import { keyAttributes, type TableAccess } from '../../table/table-access.ts';
import { updateIf } from '../../table/updates/transact.ts';
import { messageItem, messageKey, storedMessage } from '../messages/message-item.ts';
import type { DeliveriesStore, Delivery, DeliveryOutcome } from './deliveries-store.ts';
import { isFree, withOutcome } from './delivery-changes.ts';
import { deliveryKey, storedDelivery } from './delivery-item.ts';
import { askUpdate, leaseUpdate, outcomeUpdate, sentUpdate } from './delivery-updates.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listDue } from './list-due.ts';
import { putDeliveries } from './put-deliveries.ts';
import { recoverDeliveries } from './recover-deliveries.ts';

/** Messages and deliveries in DynamoDB: an item for each. What is due is in a sparse index. */
export function createDynamoDeliveries(access: TableAccess): DeliveriesStore {
  const { client, tableName: TableName } = access;

  const findDelivery: DeliveriesStore['findDelivery'] = async (ref) => {
    const item = await getItem(access, deliveryKey(ref));
    return item && storedDelivery(item);
  };

  return {
    findDelivery,

    async putMessage(message, made) {
      await putOnce(access, messageKey(message.id), messageItem(message));
      await putDeliveries(access, message, made);
    },

    async findMessage(id) {
      const item = await getItem(access, messageKey(id));
      return item && storedMessage(item);
    },

    listDeliveries: (endpointId, query) => listDeliveries(access, endpointId, query),

    async claim(ref, attempt) {
      const item = await updateIf(access, deliveryKey(ref), leaseUpdate(attempt).build());
      return item && storedDelivery(item);
    },

    finish: (claimed, outcome) => finish(access, claimed, outcome),

    async removeDelivery(ref) {
      await client.send(new DeleteItemCommand({ TableName, Key: keyAttributes(deliveryKey(ref)) }));
    },

    async retry(ref, now) {
      for (;;) {
        const found = await findDelivery(ref);
        if (!found) return 'unknown';
        if (!isFree(found, now)) return 'busy';
        // If an attempt has begun or ended since, the delivery is read again.
        if (await updateIf(access, deliveryKey(ref), askUpdate(found, now).build())) return 'asked';
      }
    },

    recover: (endpointId, recovery) => recoverDeliveries(access, endpointId, recovery),

    listDue: (query) => listDue(access, query),

    async noteSent(due, until) {
      return (await updateIf(access, deliveryKey(due), sentUpdate(due, until).build())) !== undefined;
    },
  };
}

/** A write whose answer was lost is sent again: what is in its way is then its own result. */
async function finish(
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
  const { dueAt: _dueAt, askedAt: _askedAt, ...written } = result;
  return (
    failed.Item !== undefined &&
    outcome.attempt !== undefined &&
    isDeepStrictEqual(storedDelivery(failed.Item), written)
  );
}
