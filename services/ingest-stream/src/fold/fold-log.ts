import type { LogItem, LogStore, RowKey, RowStore, RowWrite, StoredRow, Watermark } from '@weir/dynamodb';
import { foldRange } from './fold-range.ts';
import { foldedBody } from './folded-body.ts';
import { type RowChange, rowChanges, rowName } from './row-changes.ts';

/** The log that is read and folded at once: 4 MB of entries, decoded, are far below a function's memory. */
const MAX_RANGE_BYTES = 4 * 1024 * 1024;
/** The rows that are read and written before the deadline is checked again. */
const ROWS_AT_ONCE = 100;
const HOUR_SECONDS = 3600;
const DAY_SECONDS = 86_400;
/**
 * Hours with their minutes, and users' days, are kept 400 days after their end or the last fold, whichever is later.
 */
const ROW_TTL_SECONDS = 400 * DAY_SECONDS;

export interface FoldDeps {
  readonly store: LogStore & RowStore;
  readonly now: () => number;
}

/** The progress of a fold that ran out of time. The next fold continues with the same range. */
export interface FoldProgress {
  readonly target: number;
  readonly done: Set<string>;
}

export interface FoldOptions {
  /** Epoch milliseconds. The next fold writes the rows that are not written by then. */
  readonly deadline: number;
  readonly progress?: FoldProgress | undefined;
}

export type FoldResult =
  /** No entry was after the watermark. */
  | { readonly kind: 'nothing' }
  /** All rows hold the range, and the watermark says so. */
  | { readonly kind: 'folded'; readonly upTo: number; readonly rows: number }
  /** The deadline passed: the next fold continues with the same range. */
  | { readonly kind: 'out-of-time'; readonly progress: FoldProgress; readonly rows: number };

interface Range {
  readonly changes: readonly RowChange[];
  /** The watermark when all changes are written. */
  readonly end: Watermark;
}

/**
 * Folds the first entries after the watermark into the rows that they touch. Each row is written once, on condition
 * that it still has the `upTo` from which it was made. When all rows are written, raises the watermark. A fold may be
 * repeated, cut short or run twice at once: a row's `upTo` says which entries it holds.
 */
export async function foldLog({ store, now }: FoldDeps, logId: string, options: FoldOptions): Promise<FoldResult> {
  const item = await store.find(logId);
  if (!item) return { kind: 'nothing' };
  const range = await nextRange(store, item, options.progress?.target);
  if (!range) return { kind: 'nothing' };

  const { end } = range;
  const done = options.progress?.target === end.number ? options.progress.done : new Set<string>();
  const changes = range.changes.filter(({ key }) => !done.has(rowName(key)));
  let rows = 0;
  for (let i = 0; i < changes.length; i += ROWS_AT_ONCE) {
    // At least one group each time: otherwise a range that takes long to read would never be folded.
    if (i > 0 && now() >= options.deadline) {
      return { kind: 'out-of-time', progress: { target: end.number, done }, rows };
    }
    const some = changes.slice(i, i + ROWS_AT_ONCE);
    await writeChanges({ store, now }, some, end.number);
    for (const { key } of some) done.add(rowName(key));
    rows += some.length;
  }
  await store.raiseWatermark(logId, end);
  return { kind: 'folded', upTo: end.number, rows };
}

/**
 * The changes by the first entries after the watermark, and their end. The entries themselves do not stay in memory.
 */
async function nextRange(
  store: LogStore,
  { logId, watermark }: LogItem,
  target: number | undefined,
): Promise<Range | undefined> {
  const after = watermark.number;
  const entries = foldRange(await store.readAfter(logId, after, { maxBytes: MAX_RANGE_BYTES }), { after, target });
  const last = entries.at(-1);
  if (!last) return undefined;
  const { to, lastArrival } = last.entry;
  return { changes: rowChanges(logId, entries), end: { number: last.number, position: to, arrival: lastArrival } };
}

/** Writes rows until each holds the range. A row that another fold has written is read again: it may lack entries. */
async function writeChanges({ store, now }: FoldDeps, changes: readonly RowChange[], upTo: number): Promise<void> {
  let left = changes;
  while (left.length > 0) {
    const found = await store.readRows(left.map(({ key }) => key));
    const rows = new Map(found.map((row) => [rowName(row.key), row]));
    const behind = left.filter(({ key, parts }) => (rows.get(rowName(key))?.upTo ?? -1) < (parts.at(-1)?.number ?? -1));
    const nowSeconds = Math.floor(now() / 1000);
    const movedOn = await store.writeRows(
      behind.map((change) => rowWrite(change, rows.get(rowName(change.key)), { upTo, nowSeconds })),
    );
    const again = new Set(movedOn.map(rowName));
    left = behind.filter(({ key }) => again.has(rowName(key)));
  }
}

function rowWrite(
  change: RowChange,
  row: StoredRow | undefined,
  { upTo, nowSeconds }: { readonly upTo: number; readonly nowSeconds: number },
): RowWrite {
  const { key } = change;
  return { key, upTo, body: foldedBody(change, row), madeFrom: row?.upTo, expiresAt: expiryOf(key, nowSeconds) };
}

function expiryOf({ kind, bucket }: RowKey, nowSeconds: number): number | undefined {
  if (kind === 'day' || kind === 'all') return undefined;
  const end = (bucket + 1) * (kind === 'hour' ? HOUR_SECONDS : DAY_SECONDS);
  return Math.max(end, nowSeconds) + ROW_TTL_SECONDS;
}
