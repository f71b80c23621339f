import type { StoredEntry } from '@weir/dynamodb';
import type { ConnectionsStore } from '@weir/dynamodb/connections';
import type { CountsStore } from '../counts/merged-counts.ts';
import { LiveCounts } from './live-counts.ts';
import { matchSubscriptions } from './match-subscriptions.ts';
import { type SendingDeps, sendWaiting } from './send-waiting.ts';
import { Subscribers } from './subscribers.ts';
import { TouchedMinutes } from './touched-minutes.ts';
import { WaitingRows } from './waiting-rows.ts';

export interface PushDeps extends SendingDeps {
  readonly connections: Pick<ConnectionsStore, 'all' | 'subscriptions' | 'close' | 'takePosts'>;
  readonly counts: CountsStore;
}

/** Sends clients the rows to which these entries have added. */
export type Push = (entries: readonly StoredEntry[]) => Promise<void>;

/**
 * An instance's push. The connections are listed after the entries were appended: a subscription that is stored later
 * has these entries in its snapshot. Rows are whole and may be sent again, so nothing has to be remembered if it throws
 * or dies; minutes that were not matched yet are matched at the next call.
 */
export function createPush({ counts: store, ...deps }: PushDeps): Push {
  const touched = new TouchedMinutes();
  const state = {
    subscribers: new Subscribers(deps.connections),
    waiting: new WaitingRows(),
    counts: new LiveCounts(store, deps.now),
  };
  let isBusy = false;

  async function push(): Promise<void> {
    const { subscribers, waiting, counts } = state;
    const now = deps.now();
    await subscribers.refresh(now);
    waiting.keep((connectionId) => subscribers.has(connectionId));
    matchSubscriptions({ subscribers, touched, waiting, now });
    touched.clear();
    if (waiting.nextAt() === undefined) return;
    await counts.refresh(subscribers, waiting.buckets());
    await sendWaiting(deps, state);
  }

  return async (entries) => {
    touched.add(entries, deps.now());
    // An earlier call that takes too long is not waited for. The next one takes up what this one has noted.
    if (isBusy) return;
    isBusy = true;
    try {
      await push();
    } finally {
      isBusy = false;
    }
  };
}
