import { actionsOf, decodeActivityRow, encodeActivityRow, userHash } from '@weir/aggregates';
import { LAST_BUCKET } from '../metrics-store/keys.ts';
import type { LogItem, LogStore, RowKey, RowStore, RowWrite, StoredRow } from '../metrics-store/metrics-store.ts';
import { oneByOne } from '../metrics-store/stored-entry.ts';

/**
 * An emptied row outlives every entry that it keeps out: those expire after 9 days at most, and DynamoDB removes them
 * days later.
 */
export const EMPTIED_ROW_TTL_SECONDS = 14 * 86_400;

/** How much log is read at once. */
const PAGE_BYTES = 4 * 1024 * 1024;
const EMPTY_ROW = encodeActivityRow(new Map());
/**
 * The `upTo` of an emptied row is half an entry past the last entry that the row held or keeps out. No entry lies
 * between the two. A fold that read the row before therefore finds it changed, even if it stands for the same entries.
 */
const HALF_AN_ENTRY = 0.5;

interface EraseDeps {
  readonly store: LogStore & RowStore;
  readonly now: () => number;
}

/** A row to be emptied. */
interface Target {
  readonly key: RowKey;
  /** The last entry past the watermark that would be folded into it, or -1. */
  readonly waiting: number;
}

/**
 * Empties every row of a user, and writes an empty row wherever an entry waits to be folded: the row's `upTo` keeps
 * folds and readers from adding the entries that it stands for. The logs are read before the rows, because a fold moves
 * entries in that direction.
 */
export async function eraseActivity({ store, now }: EraseDeps, userId: string): Promise<{ readonly rows: number }> {
  const user = userHash(userId);
  const targets = new Map<string, Target>();
  for (const item of await store.list()) {
    for (const target of await waitingRows(store, item, user)) targets.set(nameOf(target.key), target);
  }
  let found = await store.queryRows({ kind: 'user', subject: user, from: 0, to: LAST_BUCKET });
  for (const { key } of found) if (!targets.has(nameOf(key))) targets.set(nameOf(key), { key, waiting: -1 });

  let left = [...targets.values()];
  let rows = 0;
  for (;;) {
    const writes = emptied(left, found, Math.floor(now() / 1000) + EMPTIED_ROW_TTL_SECONDS);
    const movedOn = new Set((await store.writeRows(writes)).map(nameOf));
    rows += writes.length - movedOn.size;
    if (movedOn.size === 0) return { rows };
    left = left.filter(({ key }) => movedOn.has(nameOf(key)));
    found = await store.readRows(left.map(({ key }) => key));
  }
}

/** The rows into which entries past the watermark are still to be folded. */
async function waitingRows(store: LogStore, { logId, watermark }: LogItem, user: string): Promise<Target[]> {
  const waiting = new Map<number, number>();
  for (let last = watermark.number; ; ) {
    const page = await store.readAfter(logId, last, { maxBytes: PAGE_BYTES });
    if (page.length === 0) break;
    for (const { number, entry } of oneByOne(page)) {
      const { activity } = entry;
      for (const { day } of activity ? actionsOf(activity, user) : []) waiting.set(day, number);
      last = number;
    }
  }
  return [...waiting].map(([bucket, number]) => ({
    key: { kind: 'user', subject: user, bucket, logId },
    waiting: number,
  }));
}

function emptied(targets: readonly Target[], found: readonly StoredRow[], expiresAt: number): RowWrite[] {
  const rows = new Map(found.map((row) => [nameOf(row.key), row]));
  return targets.flatMap(({ key, waiting }) => {
    const row = rows.get(nameOf(key));
    if (row && row.upTo >= waiting && decodeActivityRow(row.body).size === 0) return [];
    const upTo = Math.max(waiting, Math.floor(row?.upTo ?? -1)) + HALF_AN_ENTRY;
    return [{ key, upTo, body: EMPTY_ROW, madeFrom: row?.upTo, expiresAt }];
  });
}

function nameOf({ bucket, logId }: RowKey): string {
  return `${bucket}#${logId}`;
}
