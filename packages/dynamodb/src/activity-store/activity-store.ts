import { createLogTails } from '../log-tails/log-tails.ts';
import { LAST_BUCKET } from '../metrics-store/keys.ts';
import type { LogStore, RowStore } from '../metrics-store/metrics-store.ts';
import { eraseActivity } from './erase-activity.ts';
import { sumActivity } from './sum-activity.ts';

const DAY_MS = 86_400_000;

/** One user's counts and sums by action and day (UTC). */
export interface ActivityDay {
  /** Epoch milliseconds of the day's start. */
  readonly day: number;
  readonly action: string;
  readonly count: number;
  readonly sum: number;
}

/** Whose days to read. Times are epoch milliseconds; days that the range touches are answered whole. */
export interface ActivityQuery {
  readonly userId: string;
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
}

/** What users did, from the same logs as the metrics. Users are known by 64-bit hashes of their ids. */
export interface ActivityStore {
  /** Ascending by day, then action. Counts never go down except by an erasure, and never exceed what was counted. */
  readActivity(query: ActivityQuery): Promise<readonly ActivityDay[]>;
  /**
   * Erases what was counted of a user. After it has returned, no reader shows what was in the logs when it began,
   * whatever folds run at the same time or later. Events that are appended while it runs may be erased; events that are
   * appended later are counted. May be interrupted and repeated. Returns how many rows it emptied.
   */
  eraseActivity(userId: string): Promise<{ readonly rows: number }>;
}

export interface ActivityStoreDeps {
  readonly store: LogStore & RowStore;
  readonly now: () => number;
}

/** Reads the logs first, then the rows, as the reader of metrics does; the newest entries are kept between calls. */
export function createActivityStore({ store, now }: ActivityStoreDeps): ActivityStore {
  const logTails = createLogTails({ store, now });
  return {
    async readActivity({ userId, from, to }) {
      const range = {
        from: Math.max(0, Math.floor(from / DAY_MS)),
        to: Math.min(Math.ceil(to / DAY_MS) - 1, LAST_BUCKET),
      };
      if (range.to < range.from) return [];
      const { tails } = await logTails.refresh();
      const cells = await sumActivity(store, tails, { userId, ...range });
      return cells.map(({ day, action, count, sum }) => ({ day: day * DAY_MS, action, count, sum }));
    },
    eraseActivity: (userId) => eraseActivity({ store, now }, userId),
  };
}
