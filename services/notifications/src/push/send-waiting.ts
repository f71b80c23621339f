import type { ConnectionsStore } from '@weir/dynamodb/connections';
import type { Meter } from '@weir/logging';
import { atOnce } from '../calls/at-once.ts';
import { fittingRows } from '../live/pack-rows.ts';
import type { PostFrame } from '../live/post-frame.ts';
import type { LiveCounts } from './live-counts.ts';
import type { Subscribers } from './subscribers.ts';
import type { WaitingFrame, WaitingRows } from './waiting-rows.ts';

/** After that, what waits is left to the next batch, which rules wait for. It is long enough for two frames a client. */
const SENDING_MS = 1_500;

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

/** Sends what waits, a frame a second to each client, and never more posts than the stage may make. */
export async function sendWaiting(deps: SendingDeps, state: Waiting): Promise<void> {
  const { connections, limit, now, wait } = deps;
  const until = now() + SENDING_MS;
  let wanted = 0;
  let granted = 0;
  for (;;) {
    const second = Math.floor(now() / 1000);
    const due = state.waiting.due(now());
    wanted = due.length;
    granted = wanted > 0 ? await connections.takePosts({ second, wanted, limit }) : 0;
    await atOnce(due.slice(0, granted), (connectionId) => sendFrame(deps, state, connectionId));
    const next = granted < wanted ? (second + 1) * 1000 : state.waiting.nextAt();
    if (next === undefined || next > until) break;
    await wait(Math.max(0, next - now()));
  }
  // The limit is what they wait for.
  if (granted < wanted) deps.meter.count('RowsWaiting', [...state.waiting.buckets()].length);
}

async function sendFrame(deps: SendingDeps, state: Waiting, connectionId: string): Promise<void> {
  const { waiting, subscribers } = state;
  const frame = waiting.take(connectionId, deps.now());
  const rows = frame ? rowsOf(state, connectionId, frame) : [];
  if (!frame || rows.length === 0) return;
  const outcome = await deps.post(connectionId, { type: 'rows', id: frame.subscriptionId, rows });
  if (outcome === 'dropped') deps.meter.count('FramesDropped');
  if (outcome !== 'gone') return;
  subscribers.forget(connectionId);
  waiting.forget(connectionId);
  await deps.connections.close(connectionId);
}

/** The rows for which there is room; the others wait for the next frame. */
function rowsOf({ waiting, subscribers, counts }: Waiting, connectionId: string, frame: WaitingFrame) {
  const { subscriptionId, buckets } = frame;
  // It may have been replaced by another one in the meantime.
  const subscription = subscribers.find(connectionId, subscriptionId);
  const found = buckets.flatMap((bucket) => {
    const isWanted = subscription?.interval === bucket.interval && subscription.actions.includes(bucket.action);
    const row = isWanted ? counts.row(bucket) : undefined;
    return row ? [{ bucket, row }] : [];
  });
  const rows = fittingRows(
    subscriptionId,
    found.map(({ row }) => row),
  );
  for (const { bucket } of found.slice(rows.length)) waiting.add(connectionId, subscriptionId, bucket);
  return rows;
}
