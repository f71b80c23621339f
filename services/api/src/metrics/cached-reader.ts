import type { ActionSummary, MetricsReader, SeriesQuery, SeriesRead } from '@weir/dynamodb';
import type { AnswerCache, FoundAnswer } from '../cache/answer-cache.ts';
import { ShownCounts } from './shown-counts.ts';

/** How long an answer that all instances share is given again without a check. */
const FRESH_MS = 1_000;

/** How long an answer is kept, to be given again after a check against the logs. */
const KEPT_MS = 300_000;

/**
 * How long shown counts are compared with answers that may be older. It allows for the difference between two instances'
 * clocks.
 */
const SHOWN_MS = 5_000;

const ACTIONS_KEY = 'actions';

/** Dependencies of `createCachedReader`. */
export interface CachedReaderDeps {
  readonly reader: MetricsReader;
  readonly cache: AnswerCache;
  readonly now: () => number;
}

/** A series, and the time at which it was right (epoch milliseconds). */
interface Known {
  readonly read: SeriesRead;
  readonly readAt: number;
  /** True if the cache already has it in this form. */
  readonly isKept: boolean;
}

/**
 * A reader with a cache. For a range that is over, it gives the cached answer again if the logs show that nothing was
 * counted in the range since. An answer of the last second that all instances share is given without that check. An
 * answer that only this process has is checked, as another instance may have shown a larger count meanwhile. Counts that
 * this process has shown never go down.
 */
export function createCachedReader({ reader, cache, now }: CachedReaderDeps): MetricsReader {
  const shown = new ShownCounts({ ttlMs: SHOWN_MS });
  let actionsShown = 0;

  /** The cached answer, if it still holds. */
  async function recall(query: SeriesQuery, { text, readAt, isShared }: FoundAnswer): Promise<Known | undefined> {
    const read = JSON.parse(text) as SeriesRead;
    const time = now();
    if (isShared && time - readAt < FRESH_MS) {
      return shown.isBehind({ query, series: read, readAt }) ? undefined : { read, readAt, isKept: true };
    }
    // New events mostly belong to ranges that are not over, so a check of the logs would mostly be followed by a read.
    if (query.to > time) return undefined;
    const still = await reader.recheck(query, read.heads);
    return still && { read: { ...read, ...still }, readAt: time, isKept: false };
  }

  async function keep(query: SeriesQuery, { read, readAt }: Known): Promise<void> {
    await cache.set(keyOf(query), { count: read.total?.count ?? 0, readAt, text: JSON.stringify(read) }, KEPT_MS);
  }

  async function readSeries(query: SeriesQuery): Promise<SeriesRead> {
    const kept = await cache.get(keyOf(query));
    const time = now();
    const known = (kept && (await recall(query, kept))) ?? {
      read: await reader.readSeries(query),
      readAt: time,
      isKept: false,
    };
    shown.add({ query, series: known.read, readAt: known.readAt }, now());
    if (!known.isKept) await keep(query, known);
    return known.read;
  }

  async function listActions(): Promise<ActionSummary[]> {
    const kept = await cache.get(ACTIONS_KEY);
    if (kept?.isShared && kept.count >= actionsShown) {
      actionsShown = kept.count;
      return JSON.parse(kept.text) as ActionSummary[];
    }
    const readAt = now();
    const actions = await reader.listActions();
    actionsShown = Math.max(actionsShown, countOf(actions));
    await cache.set(ACTIONS_KEY, { count: countOf(actions), readAt, text: JSON.stringify(actions) }, FRESH_MS);
    return actions;
  }

  return { readSeries, listActions, recheck: reader.recheck.bind(reader) };
}

function keyOf({ action, interval, timeZone = 'UTC', from, to }: SeriesQuery): string {
  return `series:${action}:${interval}:${timeZone}:${from}:${to}`;
}

function countOf(actions: readonly ActionSummary[]): number {
  return actions.reduce((sum, { count }) => sum + count, 0);
}
