import type { LogItem, LogStore } from '@weir/dynamodb';
import type { Position } from '@weir/events';

/** How far a log is read. If the log has no entry yet, `number` is -1, and there is no position. */
export interface LogHead {
  readonly logId: string;
  /** The last entry. */
  readonly number: number;
  /** The end of that entry. */
  readonly position: Position | undefined;
  /** The last arrival in that entry, epoch milliseconds. */
  readonly lastArrival: number | undefined;
}

/** The heads of all logs, read consistently. */
export async function readHeads(store: Pick<LogStore, 'list' | 'readBackwards'>): Promise<LogHead[]> {
  const heads: LogHead[] = [];
  for (const item of await store.list()) heads.push(await headOf(store, item));
  return heads;
}

/** An entry expires only after it is folded. So if no entry is left, the watermark that was read before is the head. */
async function headOf(
  store: Pick<LogStore, 'readBackwards'>,
  { logId, watermark }: Pick<LogItem, 'logId' | 'watermark'>,
): Promise<LogHead> {
  for await (const { number, header } of store.readBackwards(logId)) {
    return { logId, number, position: header.to, lastArrival: header.lastArrival };
  }
  const { number, position, arrival } = watermark;
  return { logId, number, position, lastArrival: arrival };
}
