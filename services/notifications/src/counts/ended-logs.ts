import type { LogItem } from '@weir/dynamodb';

/** An ended log is read again after so long, although nothing should come. */
const READ_AGAIN_MS = 900_000;

/** Logs of shards that were split or merged. They get no entry once a later one has any: Lambda reads them to their ends before. */
export class EndedLogs {
  readonly #readAt = new Map<string, number>();

  /** Notes a refresh that began when the logs with `entries` had some already, and that has read all of `read`. */
  note(
    items: readonly LogItem[],
    { entries, read, now }: { entries: Iterable<string>; read: Iterable<string>; now: number },
  ) {
    const ended = earlierLogs(new Map(items.map((item) => [item.logId, item])), entries);
    for (const logId of read) if (ended.has(logId)) this.#readAt.set(logId, now);
  }

  /** Whether a log need not be read again. */
  has(logId: string, now: number): boolean {
    const readAt = this.#readAt.get(logId);
    return readAt !== undefined && now - readAt < READ_AGAIN_MS;
  }
}

/** The parents of some logs, their parents, and so on. */
function earlierLogs(items: ReadonlyMap<string, LogItem>, logIds: Iterable<string>): Set<string> {
  const found = new Set<string>();
  const left = [...logIds];
  for (let logId = left.pop(); logId !== undefined; logId = left.pop()) {
    for (const parent of items.get(logId)?.parents ?? []) {
      if (found.has(parent)) continue;
      found.add(parent);
      left.push(parent);
    }
  }
  return found;
}
