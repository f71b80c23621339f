import { BUCKET_MS } from '@weir/alerts';
import type { LogItem, RowStore } from '@weir/dynamodb';
import { atOnce } from '../calls/at-once.ts';
import type { MergedSeries } from './merged-series.ts';

/** Events are at most a day ahead of their arrival, and clocks differ a little. */
const AHEAD_MS = 2 * BUCKET_MS.day;

type Rows = Pick<RowStore, 'queryRows' | 'listAllTime'>;

export interface RowLoad {
  readonly series: readonly MergedSeries[];
  /** Actions that the entries past the watermarks name: they may have rows already, and none of all time. */
  readonly seen: Iterable<string>;
  /** The logs' items, as they were before the rows. */
  readonly items: readonly LogItem[];
  readonly now: number;
}

/** Adds to new series what the rows hold: one query for each action and kind of row. */
export async function loadRows(store: Rows, { series, seen, items, now }: RowLoad): Promise<void> {
  const watermarks = new Map(items.map(({ logId, watermark }) => [logId, watermark.number]));
  const actions = await actionsOf(store, series, seen);
  const queries = [...actions].flatMap((action) =>
    (['hour', 'day'] as const).flatMap((kind) => {
      const wanting = series.filter((one) => one.kind === kind && one.matches(action));
      return wanting.length > 0 ? [{ action, kind, wanting }] : [];
    }),
  );
  await atOnce(queries, async ({ action, kind, wanting }) => {
    const from = Math.min(...wanting.map((one) => one.from)) / BUCKET_MS[kind];
    const to = Math.floor((now + AHEAD_MS) / BUCKET_MS[kind]);
    const rows = await store.queryRows({ kind, subject: action, from: Math.max(0, from), to });
    for (const row of rows) for (const one of wanting) one.addRow(row, watermarks.get(row.key.logId) ?? -1);
  });
}

/** The actions of the series: those that are named, and for the others all that were ever counted. */
async function actionsOf(store: Rows, series: readonly MergedSeries[], seen: Iterable<string>): Promise<Set<string>> {
  const isOpen = series.some(({ pattern }) => pattern.endsWith('*'));
  if (!isOpen) return new Set(series.map(({ pattern }) => pattern));
  const rows = await store.listAllTime();
  const named = series.filter(({ pattern }) => !pattern.endsWith('*')).map(({ pattern }) => pattern);
  return new Set([...named, ...seen, ...rows.map(({ key }) => key.subject)]);
}
