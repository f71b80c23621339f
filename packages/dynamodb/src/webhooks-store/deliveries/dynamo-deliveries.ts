import { DeleteItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { putOnce } from '../../table/conditional-write.ts';
import { getItem } from '../../table/get-item.ts';
import { keyAttributes, type TableAccess, type TableKey } from '../../table/table-access.ts';
import { updateIf } from '../../table/updates/transact.ts';
import { messageItem, messageKey, storedMessage } from '../messages/message-item.ts';
import type { DeliveriesStore } from './deliveries-store.ts';
import { isFree } from './delivery-changes.ts';
import { deliveryKey, storedDelivery } from './delivery-item.ts';
import { askUpdate, leaseUpdate, sentUpdate } from './delivery-updates.ts';
import { finishDelivery } from './finish-delivery.ts';
import { listDeliveries } from './list-deliveries.ts';
import { listDue } from './list-due.ts';
import { putDeliveries } from './put-deliveries.ts';
import { recoverDeliveries } from './recover-deliveries.ts';

/** The function dispatch gets what is written here, by the filter of its event source. */
const TIME_KEY: TableKey = { pk: 'clock', sk: 'time' };

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

    finish: (claimed, outcome) => finishDelivery(access, claimed, outcome),

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

    async markTime(now) {
      await client.send(new PutItemCommand({ TableName, Item: { ...keyAttributes(TIME_KEY), at: { N: `${now}` } } }));
    },
  };
}
