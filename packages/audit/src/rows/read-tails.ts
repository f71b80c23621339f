import type { LogHead } from '@weir/archive/reading';
import { countedUpTo, type LogItem, type LogStore, type StoredEntry } from '@weir/dynamodb';
import type { AuditBase } from './read-base.ts';

/** Log that one read takes. */
const PAGE_BYTES = 8 * 1024 * 1024;

type TailsStore = Pick<LogStore, 'list' | 'readAfter'>;

/** Every entry of a log past `base`, up to the end of the audit. */
export interface Tail {
  readonly item: LogItem;
  readonly base: number;
  readonly entries: readonly StoredEntry[];
}

/** How far the audit goes. It can be written as JSON. */
export interface AuditEnd {
  /** In order of the logs' ids. */
  readonly heads: readonly LogHead[];
  /** The arrival up to which all that was counted is compared; undefined before the first event. */
  readonly asOf: number | undefined;
}

/**
 * The entries of each log past its watermark in `base`, up to `end`, or to the newest one. No row that was read before
 * has entries that are not here.
 */
export async function readTails(store: TailsStore, base: AuditBase, end?: AuditEnd): Promise<Tail[]> {
  const ends = end && new Map(end.heads.map(({ logId, number }) => [logId, number]));
  const items = await store.list();
  return Promise.all(
    items.map(async (item) => {
      // A log that was not there before has all its entries.
      const after = base.watermarks[item.logId] ?? -1;
      const to = ends ? (ends.get(item.logId) ?? -1) : Number.POSITIVE_INFINITY;
      return { item, base: after, entries: await readBetween(store, item.logId, { after, to }) };
    }),
  );
}

async function readBetween(
  store: TailsStore,
  logId: string,
  { after, to }: { after: number; to: number },
): Promise<StoredEntry[]> {
  const entries: StoredEntry[] = [];
  for (let last = after; last < to; ) {
    const page = await store.readAfter(logId, last, { maxBytes: PAGE_BYTES });
    const newest = page.at(-1);
    if (!newest) break;
    entries.push(...page.filter(({ number }) => number <= to));
    last = newest.number;
  }
  return entries;
}

export function endOf(tails: readonly Tail[]): AuditEnd {
  const heads = tails.map(headOf).sort((a, b) => (a.logId < b.logId ? -1 : 1));
  return { heads, asOf: countedUpTo(tails) };
}

function headOf({ item, base, entries }: Tail): LogHead {
  const { logId, watermark } = item;
  const newest = entries.at(-1);
  if (newest) {
    const { to, lastArrival } = newest.header;
    return { logId, number: newest.number, position: to, lastArrival };
  }
  return { logId, number: base, position: watermark.position, lastArrival: watermark.arrival };
}
