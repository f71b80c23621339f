import { ItemUpdate } from '../../table/updates/item-update.ts';
import { type Delivery, type DueDelivery, EARLY_MS } from './deliveries-store.ts';
import { askedAgain, type StoredDelivery } from './delivery-changes.ts';
import { attemptList, dueShard, NO_LEASE } from './delivery-item.ts';

/** Takes an attempt until the lease is over; then the delivery is due again. */
export function leaseUpdate(to: {
  readonly attempt: number;
  readonly now: number;
  readonly leaseUntil: number;
}): ItemUpdate {
  return new ItemUpdate()
    .set('leaseUntil', to.leaseUntil)
    .set('dueAt', to.leaseUntil)
    .remove('askedAt')
    .when('status', '=', 'pending')
    .when('attempt', '=', to.attempt)
    .when('nextAttemptAt', '<', to.now + EARLY_MS + 1)
    .when('leaseUntil', '<', to.now + 1);
}

/** Writes what came of a claimed delivery, on condition of its lease. */
export function outcomeUpdate(claimed: Delivery, result: StoredDelivery): ItemUpdate {
  const update = changeTo(new ItemUpdate(), result).set('attempts', attemptList(result.attempts));
  if (claimed.data && !result.data) update.remove('data');
  return update.when('attempt', '=', claimed.attempt).when('leaseUntil', '=', claimed.leaseUntil ?? NO_LEASE);
}

/** Has a delivery sent again, on condition that no attempt is under way or was made since it was read. */
export function askUpdate(read: Delivery, now: number): ItemUpdate {
  const update = changeTo(new ItemUpdate(), askedAgain(read, now)).when('attempt', '=', read.attempt);
  return update.when('leaseUntil', '<', now + 1);
}

/** Moves the time at which a due delivery is due again. */
export function sentUpdate({ attempt, dueAt }: DueDelivery, until: number): ItemUpdate {
  return new ItemUpdate().set('dueAt', until).when('attempt', '=', attempt).when('dueAt', '=', dueAt);
}

/** The delivery is then free. It is in the index of what is due only while it is pending. */
function changeTo(update: ItemUpdate, to: StoredDelivery): ItemUpdate {
  const { status, reason, attempt, scheduledFrom, nextAttemptAt, dueAt, askedAt, messageId } = to;
  const shard = dueAt === undefined ? undefined : dueShard(messageId);
  const optional = { reason, nextAttemptAt, dueAt, dueShard: shard, askedAt };
  for (const [name, value] of Object.entries(optional)) {
    if (value === undefined) update.remove(name);
    else update.set(name, value);
  }
  return update
    .set('status', status)
    .set('attempt', attempt)
    .set('scheduledFrom', scheduledFrom)
    .set('leaseUntil', NO_LEASE);
}
