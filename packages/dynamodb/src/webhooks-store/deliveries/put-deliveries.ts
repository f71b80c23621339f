import { mapSome, pauseBefore } from '../../table/batches.ts';
import { putOnce } from '../../table/conditional-write.ts';
import { getItem } from '../../table/get-item.ts';
import type { TableAccess } from '../../table/table-access.ts';
import { ItemUpdate } from '../../table/updates/item-update.ts';
import { transact } from '../../table/updates/transact.ts';
import { isDisabled, whileDisabled } from '../endpoints/while-disabled.ts';
import type { Message } from '../messages/message.ts';
import type { DeliveryTarget, NewDeliveries } from './deliveries-store.ts';
import { newDelivery } from './delivery-changes.ts';
import { deliveryItem, deliveryKey } from './delivery-item.ts';

/** Writes the deliveries of a message that are not there yet. */
export async function putDeliveries(access: TableAccess, message: Message, made: NewDeliveries): Promise<void> {
  await mapSome(made.targets, async (target) => {
    if (target.isHeld && (await putHeld(access, message, { target, made }))) return;
    const delivery = newDelivery(message, { ...target, isHeld: false }, made);
    await putOnce(access, deliveryKey(delivery), deliveryItem(delivery));
  });
}

/**
 * Writes a delivery that waits while its endpoint is disabled, both in one transaction: an endpoint that is enabled and
 * recovered at the same time would never get it otherwise. False if the endpoint is not disabled.
 */
async function putHeld(
  access: TableAccess,
  message: Message,
  { target, made }: { readonly target: DeliveryTarget; readonly made: NewDeliveries },
): Promise<boolean> {
  const { client, tableName: TableName } = access;
  const delivery = newDelivery(message, target, made);
  for (let attempt = 0; ; attempt++) {
    if (attempt > 0) await pauseBefore(attempt, 'hold a delivery');
    const done = await transact(client, [
      { Put: { TableName, Item: deliveryItem(delivery), ...new ItemUpdate().whenNew().buildCondition() } },
      whileDisabled(access, target.endpointId),
    ]);
    if (done || (await getItem(access, deliveryKey(delivery)))) return true;
    if (!(await isDisabled(access, target.endpointId))) return false;
  }
}
