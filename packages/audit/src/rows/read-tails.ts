import type { LogHead } from '@weir/archive/reading';
import type { LogStore, StoredEntry } from '@weir/dynamodb';
import type { AuditBase } from './read-base.ts';

/** Log that one read takes. */
const PAGE_BYTES = 8 * 1024 * 1024;

type TailsStore = Pick<LogStore, 'readAfter'>;

/** Every entry of a log past its watermark, up to the end of the audit. */
export interface Tail {
  readonly logId: string;
  readonly entries: readonly StoredEntry[];
}

/** The entries of each log past its watermark, up to its head: rows of that time have no entry that is not here. */
export function readTails(store: TailsStore, base: AuditBase, heads: readonly LogHead[]): Promise<Tail[]> {
  return Promise.all(
    heads.map(async ({ logId, number: to }) => {
      // A log that was not there before has all its entries.
      const after = base.watermarks[logId] ?? -1;
      return { logId, entries: await readBetween(store, logId, { after, to }) };
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
