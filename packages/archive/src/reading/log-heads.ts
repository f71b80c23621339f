import type { CountedLog, LogItem, LogStore } from '@weir/dynamodb';
import type { Position } from '@weir/events';

/** How far a log is read: up to its last entry. It can be written as JSON. */
export interface LogHead extends CountedLog {
  /** The last entry; -1 if the log has none yet. */
  readonly number: number;
  /** The end of that entry; undefined if there is none. */
  readonly position: Position | undefined;
}

/** The heads of all logs in order of their ids, read consistently. */
export async function readHeads(store: Pick<LogStore, 'list' | 'readBackwards'>): Promise<LogHead[]> {
  const heads: LogHead[] = [];
  for (const item of await store.list()) heads.push(await headOf(store, item));
  return heads.sort((a, b) => (a.logId < b.logId ? -1 : 1));
}

/**
 * The newest entry, or the watermark that was read before it: an entry expires only after it is folded, and DynamoDB may
 * remove expired entries in any order.
 */
async function headOf(
  store: Pick<LogStore, 'readBackwards'>,
  { logId, parents, watermark }: Pick<LogItem, 'logId' | 'parents' | 'watermark'>,
): Promise<LogHead> {
  for await (const { number, header } of store.readBackwards(logId)) {
    if (number < watermark.number) break;
    return { logId, parents, number, position: header.to, lastArrival: header.lastArrival };
  }
  const { number, position, arrival } = watermark;
  return { logId, parents, number, position, lastArrival: arrival };
}
