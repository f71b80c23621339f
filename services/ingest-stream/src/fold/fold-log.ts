import { decodeLogEntry } from '@weir/aggregates';
import type { LogStore, RowStore, RowWrite, StoredEntry, StoredRow } from '@weir/dynamodb';
import type { FoldProgress } from '../consume/shard-memory.ts';
import { foldedBody } from './folded-body.ts';
import { type RowChange, rowChanges, rowName } from './row-changes.ts';

/** Log read and folded at once: 4 MB of entries, decoded, stay well inside a function's memory. */
const MAX_RANGE_BYTES = 4 * 1024 * 1024;
/** Rows of an action and an hour that one range may touch: old events touch a row each, and all are held at once. */
const MAX_RANGE_HOUR_ROWS = 10_000;
/** Rows read and written between two looks at the clock. */
const ROWS_AT_ONCE = 100;
const HOUR_SECONDS = 3600;
/** Hours with their minutes are kept 400 days after the hour or the last fold, whichever is later. */
const HOUR_ROW_TTL_SECONDS = 400 * 86_400;

export interface FoldDeps {
  readonly store: LogStore & RowStore;
  readonly now: () => number;
}

export interface FoldOptions {
  /** Epoch milliseconds; rows not written by then are left to the next fold. */
  readonly deadline: number;
  readonly progress?: FoldProgress | undefined;
}

export type FoldResult =
  /** Nothing was past the watermark. */
  | { readonly kind: 'nothing' }
  /** All rows hold the range, and the watermark says so. */
  | { readonly kind: 'folded'; readonly upTo: number; readonly rows: number }
  /** The time was over: the next fold goes on with the same range. */
  | { readonly kind: 'out-of-time'; readonly progress: FoldProgress; readonly rows: number };

/**
 * Folds the first entries past the watermark into the rows they touch, each row written once on condition of the `upTo`
 * it was made from, and raises the watermark when every row is there. May be repeated, cut short or run twice at once:
 * a row's `upTo` says what it holds.
 */
export async function foldLog({ store, now }: FoldDeps, logId: string, options: FoldOptions): Promise<FoldResult> {
  const item = await store.find(logId);
  if (!item) return { kind: 'nothing' };
  const entries = contiguous(
    await store.readAfter(logId, item.watermark.number, { maxBytes: MAX_RANGE_BYTES }),
    item.watermark.number,
  );
  const range = withinTarget(withinRows(entries), options.progress?.target);
  const last = range.at(-1);
  if (!last) return { kind: 'nothing' };

  const done = options.progress?.target === last.number ? options.progress.done : new Set<string>();
  const changes = rowChanges(logId, range).filter(({ key }) => !done.has(rowName(key)));
  let rows = 0;
  for (let i = 0; i < changes.length; i += ROWS_AT_ONCE) {
    // At least one group each time, or a range that takes long to read would never be folded.
    if (i > 0 && now() >= options.deadline)
      return { kind: 'out-of-time', progress: { target: last.number, done }, rows };
    const some = changes.slice(i, i + ROWS_AT_ONCE);
    await writeChanges({ store, now }, some, last.number);
    for (const { key } of some) done.add(rowName(key));
    rows += some.length;
  }
  const { to, lastArrival } = decodeLogEntry(last.body);
  await store.raiseWatermark(logId, { number: last.number, position: to, arrival: lastArrival });
  return { kind: 'folded', upTo: last.number, rows };
}

/** Refuses a range with a missing number: a consistent read shows none, so something is wrong past it. */
function contiguous(entries: readonly StoredEntry[], after: number): StoredEntry[] {
  const gap = entries.findIndex(({ number }, i) => number !== after + 1 + i);
  if (gap === 0) throw new Error(`entry ${after + 1} is missing from the log; entry ${entries[0]?.number} follows`);
  return gap < 0 ? [...entries] : entries.slice(0, gap);
}

/** As many entries as touch no more rows than one fold may hold; always the same ones of the same log. */
function withinRows(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  const hourRows = new Set<string>();
  const past = entries.findIndex(({ body }) => {
    for (const [action, { hours }] of decodeLogEntry(body).delta) {
      for (const hour of hours.keys()) hourRows.add(`${action}/${hour}`);
    }
    return hourRows.size > MAX_RANGE_HOUR_ROWS;
  });
  return past < 0 ? entries : entries.slice(0, Math.max(1, past));
}

function withinTarget(entries: readonly StoredEntry[], target: number | undefined): readonly StoredEntry[] {
  if (target === undefined) return entries;
  const range = entries.filter(({ number }) => number <= target);
  return range.length > 0 ? range : entries;
}

/** Writes rows until each holds the range: one that has moved on is read again, as it may still be short of it. */
async function writeChanges({ store, now }: FoldDeps, changes: readonly RowChange[], upTo: number): Promise<void> {
  let left = changes;
  while (left.length > 0) {
    const found = await store.readRows(left.map(({ key }) => key));
    const rows = new Map(found.map((row) => [rowName(row.key), row]));
    const behind = left.filter(({ key }) => (rows.get(rowName(key))?.upTo ?? -1) < upTo);
    const expiry = Math.floor(now() / 1000);
    const movedOn = await store.writeRows(
      behind.map((change) => rowWrite(change, rows.get(rowName(change.key)), upTo, expiry)),
    );
    const again = new Set(movedOn.map(rowName));
    left = behind.filter(({ key }) => again.has(rowName(key)));
  }
}

function rowWrite({ key, parts }: RowChange, row: StoredRow | undefined, upTo: number, nowSeconds: number): RowWrite {
  const missing = parts.filter(({ number }) => number > (row?.upTo ?? -1)).map(({ delta }) => delta);
  const hourEnd = (key.bucket + 1) * HOUR_SECONDS;
  return {
    key,
    upTo,
    body: foldedBody(key, row?.body, missing),
    madeFrom: row?.upTo,
    expiresAt: key.kind === 'hour' ? Math.max(hourEnd, nowSeconds) + HOUR_ROW_TTL_SECONDS : undefined,
  };
}
