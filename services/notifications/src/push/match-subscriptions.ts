import { BUCKET_MS, type BucketInterval, bucketStart } from '@weir/alerts';
import { liveWindow } from '../live/live-window.ts';
import type { Subscriber } from './subscribers.ts';
import type { TouchedMinutes } from './touched-minutes.ts';
import type { WaitingRows } from './waiting-rows.ts';

export interface Matching {
  readonly subscribers: Iterable<Subscriber>;
  readonly touched: TouchedMinutes;
  readonly waiting: WaitingRows;
  readonly now: number;
}

/** Has the buckets wait that clients see and that entries have added to. */
export function matchSubscriptions({ subscribers, touched, waiting, now }: Matching): void {
  const known = new Map<string, readonly number[]>();
  const startsOf = (action: string, interval: BucketInterval) => {
    const key = `${interval}#${action}`;
    const starts = known.get(key) ?? seenStarts(touched.of(action), interval, now);
    known.set(key, starts);
    return starts;
  };
  for (const [connectionId, subscriptions] of subscribers) {
    for (const { id, actions, interval } of subscriptions) {
      for (const action of actions) {
        for (const start of startsOf(action, interval)) waiting.add(connectionId, id, { action, interval, start });
      }
    }
  }
}

/** In order of time. */
function seenStarts(minutes: Iterable<number>, interval: BucketInterval, now: number): number[] {
  const { first, last } = liveWindow(interval, now);
  const starts = new Set<number>();
  for (const minute of minutes) starts.add(bucketStart(interval, minute * BUCKET_MS.minute));
  return [...starts].filter((start) => start >= first && start <= last).sort((a, b) => a - b);
}
