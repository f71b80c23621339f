import type { Delivery, Endpoint } from '@weir/dynamodb/webhooks';
import type { PostResult } from '@weir/webhooks/sending';
import type { DeliveryMessage, Lane } from '../queues/delivery-message.ts';
import type { DeliverDeps } from './deliver-deps.ts';
import { type Judgement, judgeResult, SLOW_MS } from './judge-result.ts';
import { noteAttempt, noteGone } from './note-attempt.ts';
import { requestOf } from './request-of.ts';

/** Longer than a POST and what is written after it. A process that died is given up then. */
const LEASE_MS = 60_000;

/** What became of a message of the queues. `dropped`: the attempt is another's, or was made. */
export type Delivered = 'attempted' | 'dropped' | 'forwarded' | 'held' | 'paused' | 'forgotten';

/**
 * Makes the attempt that a message of a queue names, unless somebody has it or it was made. The message may come again,
 * and beside itself. A process that dies after the POST leaves a lease; after it the same message is posted once more,
 * under the same id.
 */
export async function deliverMessage(deps: DeliverDeps, message: DeliveryMessage, lane: Lane): Promise<Delivered> {
  const { store, now } = deps;
  const endpoint = await findEndpoint(deps, message.endpointId);
  if (!endpoint) return forget(deps, message);
  if (lane === 'fast' && endpoint.health.slow) {
    await deps.send([{ ...message, lane: 'slow' }]);
    return 'forwarded';
  }
  const claimedAt = now();
  const lease = { attempt: message.attempt, now: claimedAt, leaseUntil: claimedAt + LEASE_MS };
  const claimed = await store.claim(message, lease);
  return claimed ? deliverClaimed(deps, endpoint, claimed) : 'dropped';
}

/** What was held is sent again as soon as its endpoint is enabled: what was read a moment ago would hold it once more. */
async function findEndpoint({ store, findRecent }: DeliverDeps, id: string): Promise<Endpoint | undefined> {
  const recent = await findRecent(id);
  return recent?.status === 'disabled' ? store.findEndpoint(id) : recent;
}

async function deliverClaimed(deps: DeliverDeps, endpoint: Endpoint, claimed: Delivery): Promise<Delivered> {
  const { store, now } = deps;
  const { pausedUntil = 0 } = endpoint.health;
  if (endpoint.status === 'disabled') {
    await store.finish(claimed, { status: 'held' });
    return 'held';
  }
  if (pausedUntil > now()) {
    await store.finish(claimed, { status: 'pending', nextAttemptAt: pausedUntil });
    return 'paused';
  }
  const message = await store.findMessage(claimed.messageId);
  if (!message) return forget(deps, claimed);
  const request = requestOf({ endpoint, message, delivery: claimed, now: now() });
  await finishAttempt(deps, { endpoint, claimed, result: await postWatched(deps, endpoint, request) });
  return 'attempted';
}

/** Others must not wait behind an endpoint that hangs until its POST is given up. */
async function postWatched(deps: DeliverDeps, endpoint: Endpoint, request: Parameters<DeliverDeps['post']>[0]) {
  let noted: Promise<void> | undefined;
  const cancel = deps.later(SLOW_MS, () => {
    noted = noteAttempt(deps, endpoint, { kind: 'slow' }).catch(() => {});
  });
  try {
    return await deps.post(request);
  } finally {
    cancel();
    await noted;
  }
}

interface Attempted {
  readonly endpoint: Endpoint;
  readonly claimed: Delivery;
  readonly result: PostResult;
}

async function finishAttempt(deps: DeliverDeps, { endpoint, claimed, result }: Attempted): Promise<void> {
  const failedBefore = claimed.attempt - claimed.scheduledFrom;
  const judged = judgeResult(result, { failedBefore, now: deps.now(), random: deps.random() });
  // First the endpoint: a process that dies in between makes the attempt again.
  const [noted] = await Promise.allSettled([noteEndpoint(deps, endpoint, judged)]);
  // A delivery must not end as gone while its endpoint is enabled. Any other attempt was made, whatever could be noted.
  if (noted.status === 'rejected' && judged.sign === 'gone') throw noted.reason;
  await writeResult(deps, claimed, judged);
  if (noted.status === 'rejected') throw noted.reason;
}

async function writeResult(deps: DeliverDeps, claimed: Delivery, judged: Judgement): Promise<void> {
  const isWritten = await deps.store.finish(claimed, judged.outcome);
  if (!isWritten || judged.delaySeconds === undefined) return;
  // If the process dies here, the clock sends it.
  const { endpointId, messageId, attempt } = claimed;
  const next = { endpointId, messageId, attempt: attempt + 1, delaySeconds: judged.delaySeconds };
  await deps.send([{ ...next, lane: 'slow' }]);
}

async function noteEndpoint(deps: DeliverDeps, endpoint: Endpoint, judged: Judgement): Promise<void> {
  if (judged.sign === 'gone') await noteGone(deps, endpoint);
  else await noteAttempt(deps, endpoint, judged.sign);
}

/** The endpoint was removed, or the message has expired. */
async function forget({ store }: DeliverDeps, { endpointId, messageId }: DeliveryMessage | Delivery) {
  await store.removeDelivery({ endpointId, messageId });
  return 'forgotten' as const;
}
