import { chunks } from '../../table/batches.ts';
import { queryPages } from '../../table/query-pages.ts';
import type { TableAccess } from '../../table/table-access.ts';
import { updateIf } from '../../table/updates/transact.ts';
import { messageTime, timePrefix } from '../messages/message-id.ts';
import type { DeliveriesStore, Delivery, Recovery } from './deliveries-store.ts';
import { isRecoverable } from './delivery-changes.ts';
import { deliveriesPartition, deliveryKey, storedDelivery } from './delivery-item.ts';
import { askUpdate } from './delivery-updates.ts';

/** Writes under way at once. */
const CONCURRENT_WRITES = 25;

/** Has deliveries sent again that failed or are held. */
export async function recoverDeliveries(
  access: TableAccess,
  endpointId: string,
  { since, until, now, limit }: Recovery,
): ReturnType<DeliveriesStore['recover']> {
  const wanted: Delivery[] = [];
  for await (const delivery of findRecoverable(access, endpointId, { since, until })) {
    wanted.push(delivery);
    if (wanted.length > limit) break;
  }
  let count = 0;
  for (const wave of chunks(wanted.slice(0, limit), CONCURRENT_WRITES)) {
    const asked = await Promise.all(
      wave.map((each) =>
        updateIf(access, deliveryKey(each), askUpdate(each, now).when('status', '=', each.status).build()),
      ),
    );
    count += asked.filter((item) => item !== undefined).length;
  }
  const next = wanted[limit];
  return { count, next: next && messageTime(next.messageId) };
}

/** The oldest first. */
async function* findRecoverable(
  access: TableAccess,
  endpointId: string,
  { since, until }: Pick<Recovery, 'since' | 'until'>,
): AsyncIterable<Delivery> {
  const query = {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :since AND :until',
    FilterExpression: '#status IN (:held, :failed)',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ...{ ':pk': { S: deliveriesPartition(endpointId) }, ':held': { S: 'held' }, ':failed': { S: 'failed' } },
      // An id is longer than the beginning that it has in common with all others of its time.
      ...{ ':since': { S: timePrefix(since) }, ':until': { S: timePrefix(until) } },
    },
  };
  for await (const page of queryPages(access, query)) yield* page.map(storedDelivery).filter(isRecoverable);
}
