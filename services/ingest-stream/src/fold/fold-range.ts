import type { StoredEntry } from '@weir/dynamodb';
import { UserRows } from './user-rows.ts';

/**
 * Rows of an action and an hour that one range may touch. Old events touch a row each, and all rows are held at once.
 */
const MAX_HOUR_ROWS = 10_000;
/** Rows of a user and a day; one takes less memory. */
const MAX_USER_ROWS = 50_000;

/**
 * The first entries after the watermark, up to the limits of one fold. The same log always gives the same entries.
 * `target` is the last entry of a range that an earlier fold began.
 */
export function foldRange(
  entries: readonly StoredEntry[],
  { after, target }: { after: number; target: number | undefined },
): readonly StoredEntry[] {
  return withinTarget(withinRows(contiguous(entries, after)), target);
}

/** Ends the range before a missing number, and refuses one that begins with it: a consistent read shows no gap. */
function contiguous(entries: readonly StoredEntry[], after: number): StoredEntry[] {
  const gap = entries.findIndex(({ number }, i) => number !== after + 1 + i);
  if (gap === 0) throw new Error(`entry ${after + 1} is missing from the log; entry ${entries[0]?.number} follows`);
  return gap < 0 ? [...entries] : entries.slice(0, gap);
}

/** The first entries, until they touch more rows than one fold may hold; at least one entry. */
function withinRows(entries: readonly StoredEntry[]): readonly StoredEntry[] {
  const hourRows = new Set<string>();
  const userRows = new UserRows(MAX_USER_ROWS + 1);
  const past = entries.findIndex(({ entry: { delta, activity } }) => {
    for (const [action, { hours }] of delta) for (const hour of hours.keys()) hourRows.add(`${action}/${hour}`);
    userRows.add(activity);
    return hourRows.size > MAX_HOUR_ROWS || userRows.size > MAX_USER_ROWS;
  });
  return past < 0 ? entries : entries.slice(0, Math.max(1, past));
}

function withinTarget(entries: readonly StoredEntry[], target: number | undefined): readonly StoredEntry[] {
  if (target === undefined) return entries;
  const range = entries.filter(({ number }) => number <= target);
  return range.length > 0 ? range : entries;
}
