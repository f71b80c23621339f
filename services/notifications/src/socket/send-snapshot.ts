import { BUCKET_MS } from '@weir/alerts';
import type { Subscription } from '@weir/dynamodb/connections';
import { type CountsStore, MergedCounts } from '../counts/merged-counts.ts';
import { type LiveRow, liveRow } from '../live/live-row.ts';
import { liveWindow } from '../live/live-window.ts';
import { snapshotFrames } from '../live/pack-rows.ts';
import type { PostFrame } from '../live/post-frame.ts';

export interface SnapshotDeps {
  readonly counts: CountsStore;
  readonly post: PostFrame;
  readonly now: () => number;
}

/**
 * Sends all rows of a subscription that has been stored. An entry that is appended before it was stored is in them, and
 * whoever pushes a later one knows of the subscription. Frames are sent one after the other; the rest of a client that is
 * gone or does not read is not sent.
 */
export async function sendSnapshot(
  deps: SnapshotDeps,
  connectionId: string,
  subscription: Subscription,
): Promise<void> {
  for (const frame of snapshotFrames(subscription.id, await readRows(deps, subscription))) {
    if ((await deps.post(connectionId, frame)) !== 'sent') return;
  }
}

async function readRows({ counts: store, now }: SnapshotDeps, subscription: Subscription): Promise<LiveRow[]> {
  const { actions, interval } = subscription;
  const { first, last } = liveWindow(interval, now());
  const counts = new MergedCounts({ store, now });
  const hasSketches = interval !== 'minute';
  await counts.refresh(actions.map((pattern) => ({ pattern, interval, from: first, hasSketches })));
  const rows: LiveRow[] = [];
  for (let start = first; start <= last; start += BUCKET_MS[interval]) {
    for (const action of actions) {
      const figures = counts.figures({ pattern: action, interval }, start);
      if (figures.count > 0) rows.push(liveRow(action, start, figures));
    }
  }
  return rows;
}
