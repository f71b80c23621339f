import type { DueDelivery, Endpoint, WebhooksStore } from '@weir/dynamodb/webhooks';
import type { Lane, SendDeliveries } from '../queues/delivery-message.ts';

/** Sent messages are due again after this time, in case they were lost. */
const RESEND_MS = 15 * 60_000;
/** So many are looked at in a run. Only their keys are read: some 20 MB. */
const MAX_LOOKED_AT = 200_000;
/** So many are sent in a run, and so many messages of the slow queue wait at most. */
const MAX_FAST = 20_000;
const MAX_SLOW_WAITING = 2_000;
/** Notes are written side by side. */
const NOTES = 25;
const MINUTE_MS = 60_000;
/** DispatchBehindAlarm looks at five minutes at a time. */
const MARK_MINUTES = 4;

export interface ClockDeps {
  readonly store: Pick<WebhooksStore, 'allEndpoints' | 'listDue' | 'noteSent' | 'markTime'>;
  readonly send: SendDeliveries;
  /** Messages that wait in the slow queue, about. */
  readonly countSlow: () => Promise<number>;
  readonly now: () => number;
}

export interface SentDue {
  readonly [name: string]: number;
  readonly due: number;
  readonly sent: number;
}

/**
 * Sends the deliveries whose time has come, and those that a process left in the middle. An endpoint with very many
 * keeps no other back: endpoints share what the queue may take. An endpoint that asked for a pause is left out.
 */
export async function sendDue(deps: ClockDeps): Promise<SentDue> {
  const { store, now } = deps;
  if (isToMark(now())) await store.markTime(now());
  // Where nothing is due, nothing else is asked for.
  let budget: Awaited<ReturnType<typeof createBudget>> | undefined;
  const counts = { due: 0, sent: 0 };
  const batch: { readonly due: DueDelivery; readonly lane: Lane }[] = [];
  for await (const due of store.listDue({ now: now(), limit: MAX_LOOKED_AT })) {
    counts.due++;
    budget ??= await createBudget(deps);
    const lane = budget.take(due.endpointId);
    if (lane === undefined) continue;
    counts.sent++;
    batch.push({ due, lane });
    if (batch.length === NOTES) await sendBatch(deps, batch.splice(0));
  }
  await sendBatch(deps, batch);
  return counts;
}

/**
 * Whether a run writes the time into the table: an idle stage would write nothing else, and nobody would see that the
 * outbox is not read.
 */
export function isToMark(now: number): boolean {
  return Math.floor(now / MINUTE_MS) % MARK_MINUTES === 0;
}

/** A crash between the two sends them once more, which does no harm. Nor does one that cannot be noted. */
async function sendBatch({ store, send, now }: ClockDeps, batch: readonly { due: DueDelivery; lane: Lane }[]) {
  if (batch.length === 0) return;
  await send(
    batch.map(({ due: { endpointId, messageId, attempt }, lane }) => ({ endpointId, messageId, attempt, lane })),
  );
  const until = now() + RESEND_MS;
  const notes = await Promise.allSettled(batch.map(({ due }) => store.noteSent(due, until)));
  // If none can be noted, the table is the matter, not one delivery.
  const [failed] = notes.filter((note) => note.status === 'rejected');
  if (failed && notes.every(({ status }) => status === 'rejected')) throw failed.reason;
}

/** What each endpoint may send in this run. */
async function createBudget({ store, countSlow, now }: ClockDeps) {
  const [endpoints, waiting] = await Promise.all([store.allEndpoints(), countSlow()]);
  const byId = new Map(endpoints.map((endpoint) => [endpoint.id, endpoint]));
  const isPaused = ({ health }: Endpoint) => (health.pausedUntil ?? 0) > now();
  const laneOf = (endpoint: Endpoint | undefined): Lane => (endpoint?.health.slow ? 'slow' : 'fast');
  const slow = endpoints.filter((endpoint) => laneOf(endpoint) === 'slow' && !isPaused(endpoint)).length;
  const share = {
    fast: Math.ceil(MAX_FAST / Math.max(1, endpoints.length - slow)),
    slow: Math.ceil(Math.max(0, MAX_SLOW_WAITING - waiting) / Math.max(1, slow)),
  };
  const used = new Map<string, number>();
  return {
    /** The queue of a delivery; `undefined` if it waits for a later run. */
    take(endpointId: string): Lane | undefined {
      const endpoint = byId.get(endpointId);
      if (endpoint && isPaused(endpoint)) return undefined;
      const lane = laneOf(endpoint);
      const before = used.get(endpointId) ?? 0;
      if (before >= share[lane]) return undefined;
      used.set(endpointId, before + 1);
      return lane;
    },
  };
}
