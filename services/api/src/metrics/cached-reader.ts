import type { ActionSummary, MetricsReader, SeriesQuery, SeriesRead } from '@weir/dynamodb';
import type { AnswerCache, FoundAnswer } from '../cache/answer-cache.ts';
import { ShownCounts } from './shown-counts.ts';

/** For as long an answer that all instances share is given again as it is. */
const FRESH_MS = 1_000;

/** For as long an answer is kept to be given again after it was held against the logs. */
const KEPT_MS = 300_000;

/** For as long what was shown is compared with answers that may be older: the clocks of two instances may differ. */
const SHOWN_MS = 5_000;

const ACTIONS_KEY = 'actions';

/** What a reader with a cache is made of. */
export interface CachedReaderDeps {
  readonly reader: MetricsReader;
  readonly cache: AnswerCache;
  readonly now: () => number;
}

/** A series, and the time (epoch milliseconds) as of which it holds. */
interface Known {
  readonly read: SeriesRead;
  readonly readAt: number;
  /** It is in the cache as it is. */
  readonly isKept: boolean;
}

/**
 * A reader that answers again, from the cache, a range that is over, as long as the logs say that nothing was counted in it
 * since. An answer of the last second that all instances share it gives as it is; one that only this process keeps it does
 * not, as another instance may have shown more meanwhile. What this process has shown never goes down.
 */
export function createCachedReader({ reader, cache, now }: CachedReaderDeps): MetricsReader {
  const shown = new ShownCounts({ ttlMs: SHOWN_MS });
  let actionsShown = 0;

  /** What is kept, if it still holds. */
  async function recall(query: SeriesQuery, { text, readAt, isShared }: FoundAnswer): Promise<Known | undefined> {
    const read = JSON.parse(text) as SeriesRead;
    const time = now();
    if (isShared && time - readAt < FRESH_MS) {
      return shown.isBehind({ query, series: read, readAt }) ? undefined : { read, readAt, isKept: true };
    }
    // What is counted now mostly falls into ranges that are not over: asking first would be asking twice.
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

function keyOf({ action, interval, from, to }: SeriesQuery): string {
  return `series:${action}:${interval}:${from}:${to}`;
}

function countOf(actions: readonly ActionSummary[]): number {
  return actions.reduce((sum, { count }) => sum + count, 0);
}
