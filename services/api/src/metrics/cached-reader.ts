import type { ActionSummary, MetricsReader, Series, SeriesQuery } from '@weir/dynamodb';
import type { AnswerCache, CachedAnswer } from '../cache/answer-cache.ts';
import { ShownCounts } from './shown-counts.ts';

const HOUR_MS = 3_600_000;

/** What may still change at any moment is good for a second. */
const OPEN_TTL_MS = 1_000;

/** A range that ended a day ago changes by events that come a day late: such an event is seen after this. */
const CLOSED_TTL_MS = 300_000;
const CLOSED_AFTER_MS = 24 * HOUR_MS;

const ACTIONS_KEY = 'actions';

/** What a reader with a cache is made of. */
export interface CachedReaderDeps {
  readonly reader: MetricsReader;
  readonly cache: AnswerCache;
  readonly now: () => number;
}

function keyOf({ action, interval, from, to }: SeriesQuery): string {
  return `series:${action}:${interval}:${from}:${to}`;
}

/** How long an answer is good for. */
export function ttlOf({ to }: SeriesQuery, now: number): number {
  return now - to >= CLOSED_AFTER_MS ? CLOSED_TTL_MS : OPEN_TTL_MS;
}

function countOf(actions: readonly ActionSummary[]): number {
  return actions.reduce((sum, { count }) => sum + count, 0);
}

/**
 * A reader that answers a question again as it was answered a moment ago. `asOf` goes with the numbers. What this
 * process has shown never goes down, whether the next answer comes from the cache or not.
 */
export function createCachedReader({ reader, cache, now }: CachedReaderDeps): MetricsReader {
  const shown = new ShownCounts({ ttlMs: CLOSED_TTL_MS });
  let actionsShown = 0;

  function fresh(query: SeriesQuery, { text, readAt }: CachedAnswer): Series | undefined {
    const series = JSON.parse(text) as Series;
    return shown.isBehind({ query, series, readAt }) ? undefined : series;
  }

  async function readSeries(query: SeriesQuery): Promise<Series> {
    const key = keyOf(query);
    const kept = await cache.get(key);
    const known = kept && fresh(query, kept);
    const readAt = known ? kept.readAt : now();
    const series = known ?? (await reader.readSeries(query));
    shown.add({ query, series, readAt }, now());
    if (!known) {
      const answer = { count: series.total?.count ?? 0, readAt, text: JSON.stringify(series) };
      await cache.set(key, answer, ttlOf(query, readAt));
    }
    return series;
  }

  async function listActions(): Promise<ActionSummary[]> {
    const kept = await cache.get(ACTIONS_KEY);
    if (kept && kept.count >= actionsShown) {
      actionsShown = kept.count;
      return JSON.parse(kept.text) as ActionSummary[];
    }
    const readAt = now();
    const actions = await reader.listActions();
    actionsShown = Math.max(actionsShown, countOf(actions));
    await cache.set(ACTIONS_KEY, { count: countOf(actions), readAt, text: JSON.stringify(actions) }, OPEN_TTL_MS);
    return actions;
  }

  return { readSeries, listActions };
}
