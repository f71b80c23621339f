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

/** Has deliveries sent again that failed or are held, until the limit or the end of its time. */
export async function recoverDeliveries(
  access: TableAccess,
  endpointId: string,
  { since, until, now, limit, isLate = () => false }: Recovery,
): ReturnType<DeliveriesStore['recover']> {
  const wave: Delivery[] = [];
  let taken = 0;
  let count = 0;
  const write = async () => {
    const asked = await askAgain(access, wave, now);
    taken += wave.splice(0).length;
    count += asked.count;
    // Only a caller who hears of something that was done can go on from there.
    if (asked.failed && count === 0) throw asked.reason;
    return asked.failed;
  };
  for await (const delivery of findRecoverable(access, endpointId, { since, until })) {
    if (wave.length === Math.min(CONCURRENT_WRITES, limit - taken)) {
      const next = (await write()) ?? (taken >= limit || isLate() ? delivery : undefined);
      if (next) return { count, next: messageTime(next.messageId) };
    }
    wave.push(delivery);
  }
  const failed = await write();
  return { count, next: failed && messageTime(failed.messageId) };
}

/**
 * Has some deliveries sent again, and names the first that could not be. A delivery with the answers to ten attempts costs
 * twelve times as much as one without, and one part of a table takes 1,000 units a second: it may be throttled.
 */
async function askAgain(access: TableAccess, wave: readonly Delivery[], now: number) {
  const asked = await Promise.allSettled(
    wave.map((each) =>
      updateIf(access, deliveryKey(each), askUpdate(each, now).when('status', '=', each.status).build()),
    ),
  );
  const count = asked.filter((one) => one.status === 'fulfilled' && one.value !== undefined).length;
  const at = asked.findIndex(({ status }) => status === 'rejected');
  return { count, failed: wave[at], reason: (asked[at] as PromiseRejectedResult | undefined)?.reason };
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
