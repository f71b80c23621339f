import { type ActionDelta, decodeLogEntry } from '@weir/aggregates';
import type { RowKey, StoredEntry } from '@weir/dynamodb';

const HOURS_PER_DAY = 24;

/** What a range of entries adds to one row. */
export interface RowChange {
  readonly key: RowKey;
  /** In order of entries. */
  readonly parts: { readonly number: number; readonly delta: ActionDelta }[];
}

/** The rows that entries touch, each with what they add to it. */
export function rowChanges(logId: string, entries: readonly StoredEntry[]): RowChange[] {
  const changes = new Map<string, RowChange>();
  for (const { number, body } of entries) {
    for (const [action, delta] of decodeLogEntry(body).delta) {
      for (const key of touchedRows(logId, action, delta)) {
        const name = rowName(key);
        const change = changes.get(name) ?? { key, parts: [] };
        changes.set(name, change);
        change.parts.push({ number, delta });
      }
    }
  }
  return [...changes.values()];
}

/** A row's name among those of one log. */
export function rowName({ kind, action, bucket }: RowKey): string {
  return `${kind}/${action}/${bucket}`;
}

function* touchedRows(logId: string, action: string, { hours }: ActionDelta): Iterable<RowKey> {
  const days = new Set<number>();
  for (const hour of hours.keys()) {
    days.add(Math.floor(hour / HOURS_PER_DAY));
    yield { kind: 'hour', action, bucket: hour, logId };
  }
  for (const day of days) yield { kind: 'day', action, bucket: day, logId };
  yield { kind: 'all', action, bucket: 0, logId };
}
