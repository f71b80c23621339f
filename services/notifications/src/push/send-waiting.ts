import type { ConnectionsStore } from '@weir/dynamodb/connections';
import type { Meter } from '@weir/logging';
import { atPace } from '../calls/at-pace.ts';
import { type RowsFrame, rowsFrame } from '../live/pack-rows.ts';
import type { PostFrame } from '../live/post-frame.ts';
import type { LiveCounts } from './live-counts.ts';
import type { Subscribers } from './subscribers.ts';
import type { WaitingRows, WaitingSubscription } from './waiting-rows.ts';

/**
 * After that no more posts are taken, and what waits is left to the next batch, whose rules wait for this one. It is long
 * enough for two frames a client.
 */
const SENDING_MS = 1_500;
/** The posts of a second are spread over half of it, and requests to the API pass between them. */
const SPREAD_MS = 500;

export interface SendingDeps {
  readonly connections: Pick<ConnectionsStore, 'close' | 'takePosts'>;
  readonly post: PostFrame;
  /** Posts of the stage within a second. */
  readonly limit: number;
  readonly meter: Meter;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
}

/** What is sent, and to whom. */
export interface Waiting {
  readonly waiting: WaitingRows;
  readonly subscribers: Subscribers;
  readonly counts: LiveCounts;
}

/** Sends what waits, a frame a second to each client, evenly, and never more posts than the stage may make. */
export async function sendWaiting(deps: SendingDeps, state: Waiting): Promise<void> {
  const { connections, limit, now, wait } = deps;
  const until = now() + SENDING_MS;
  const pace = { everyMs: SPREAD_MS / limit, now, wait };
  let wanted = 0;
  let granted = 0;
  for (;;) {
    const second = Math.floor(now() / 1000);
    const due = state.waiting.due(now());
    wanted = due.length;
    granted = wanted > 0 ? await connections.takePosts({ second, wanted, limit }) : 0;
    await atPace(due.slice(0, granted), (connectionId) => sendFrame(deps, state, connectionId), pace);
    const next = granted < wanted ? (second + 1) * 1000 : state.waiting.nextAt();
    if (next === undefined || next > until) break;
    await wait(Math.max(0, next - now()));
  }
  // The limit is what they wait for.
  if (granted < wanted) deps.meter.count('RowsWaiting', [...state.waiting.buckets()].length);
}

async function sendFrame(deps: SendingDeps, state: Waiting, connectionId: string): Promise<void> {
  const { waiting, subscribers } = state;
  const frame = nextFrame(deps, state, connectionId);
  if (!frame) return;
  const outcome = await deps.post(connectionId, frame);
  if (outcome === 'dropped') deps.meter.count('FramesDropped');
  if (outcome !== 'gone') return;
  subscribers.forget(connectionId);
  waiting.forget(connectionId);
  await deps.connections.close(connectionId);
}

/** A client's next frame. Rows for which there is no room wait for the one after it. */
function nextFrame({ now }: SendingDeps, state: Waiting, connectionId: string): RowsFrame | undefined {
  const { waiting } = state;
  const parts = waiting.take(connectionId, now()).map((part) => ({
    id: part.subscriptionId,
    found: foundRows(state, connectionId, part),
  }));
  const frame = rowsFrame(parts.map(({ id, found }) => ({ id, rows: found.map(({ row }) => row) })));
  const sent = new Map(frame && [frame, ...(frame.also ?? [])].map(({ id, rows }) => [id, rows.length]));
  for (const { id, found } of parts) {
    for (const { bucket } of found.slice(sent.get(id) ?? 0)) waiting.add(connectionId, id, bucket);
  }
  return frame;
}

function foundRows({ subscribers, counts }: Waiting, connectionId: string, waits: WaitingSubscription) {
  // It may have been replaced by another one in the meantime.
  const subscription = subscribers.find(connectionId, waits.subscriptionId);
  return waits.buckets.flatMap((bucket) => {
    const isWanted = subscription?.interval === bucket.interval && subscription.actions.includes(bucket.action);
    const row = isWanted ? counts.row(bucket) : undefined;
    return row ? [{ bucket, row }] : [];
  });
}
