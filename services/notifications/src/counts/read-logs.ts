import type { LogItem, LogStore, StoredEntry } from '@weir/dynamodb';

/** A log, and its entries past `after`. */
export interface ReadLog {
  readonly logId: string;
  readonly after: number;
  readonly entries: readonly StoredEntry[];
}

/** The last entry that was read of each log. */
export type LogPositions = ReadonlyMap<string, number>;

/** Reads the entries of all logs, each past its position in `after`, with one query a log. */
export function readLogs(
  store: Pick<LogStore, 'readAfter'>,
  items: readonly LogItem[],
  after: LogPositions,
): Promise<ReadLog[]> {
  return Promise.all(
    items.map(async ({ logId }) => {
      const from = after.get(logId) ?? -1;
      return { logId, after: from, entries: await store.readAfter(logId, from) };
    }),
  );
}

/** The last entry of what was read. */
export function headOf({ after, entries }: ReadLog): number {
  return entries.at(-1)?.number ?? after;
}

/** Whether entries that were there have expired: what was counted in memory is then no longer the whole. */
export function hasGap(read: ReadLog, { watermark }: LogItem): boolean {
  const isConsecutive = read.entries.every(({ number }, at) => number === read.after + 1 + at);
  return !isConsecutive || headOf(read) < watermark.number;
}
