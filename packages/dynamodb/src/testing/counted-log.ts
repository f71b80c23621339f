import {
  type ActionDelta,
  allTimeOf,
  DeltaBuilder,
  decodeAllTimeRow,
  decodeDayRow,
  decodeHourRow,
  encodeAllTimeRow,
  encodeDayRow,
  encodeHourRow,
  encodeLogEntry,
  foldIntoDayRow,
  foldIntoHourRow,
  mergeAllTime,
} from '@weir/aggregates';
import type { EntryWrite, LogStore, RowKey, RowStore } from '../metrics-store/metrics-store.ts';

/** An event as far as it is counted. Times are epoch milliseconds. */
export interface CountedEvent {
  readonly action: string;
  readonly at: number;
  readonly value?: number;
  readonly userId?: string;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const EXPIRES_AT = 2_000_000_000;

/** An entry that counts these events, the last of which arrived at `arrival`. */
export function countingEntry(number: number, events: readonly CountedEvent[], arrival = number): EntryWrite {
  const delta = new DeltaBuilder();
  for (const { action, at, value = 1, userId = 'u' } of events) delta.add(action, at, value, userId);
  const body = encodeLogEntry({
    from: undefined,
    to: { sequenceNumber: String(number).padStart(56, '0'), index: 0 },
    ...{ firstArrival: arrival, lastArrival: arrival, appendedAt: arrival },
    outcomes: { counted: events.length, duplicate: 0, other: 0, refused: 0 },
    ...{ archive: undefined, quarantine: undefined, delta: delta.build() },
    ids: { size: 0, hashes: new Uint32Array(), arrivals: new Uint32Array() },
  });
  return { number, body };
}

/** Appends an entry that counts these events. */
export async function append(store: LogStore, logId: string, entry: EntryWrite): Promise<void> {
  if (!(await store.append(logId, entry, EXPIRES_AT))) throw new Error(`there is an entry ${entry.number} already`);
}

/** Folds the entries that the rows do not hold into all rows of an action, as a fold does before it raises the watermark. */
export async function foldRows(store: LogStore & RowStore, logId: string, action: string): Promise<void> {
  await foldSomeRows(store, { logId, action }, () => true);
}

/** Folds them into the chosen rows only, as a fold that did not end. */
export async function foldSomeRows(
  store: LogStore & RowStore,
  { logId, action }: { readonly logId: string; readonly action: string },
  isChosen: (key: RowKey) => boolean,
): Promise<void> {
  for (const { number, entry } of await store.readAfter(logId, -1)) {
    const added = entry.delta.get(action);
    if (!added) continue;
    const hours = [...added.hours.keys()];
    const days = new Set(hours.map((hour) => Math.floor((hour * HOUR_MS) / DAY_MS)));
    const row = (kind: RowKey['kind'], bucket: number): RowKey => ({ kind, subject: action, bucket, logId });
    const keys = [...hours.map((hour) => row('hour', hour)), ...[...days].map((day) => row('day', day)), row('all', 0)];
    for (const key of keys) if (isChosen(key)) await foldInto(store, key, { number, added });
  }
}

/** Raises the watermark to an entry of the log. */
export async function raise(store: LogStore, logId: string, number: number): Promise<void> {
  const [found] = await store.readAfter(logId, number - 1, { maxEntries: 1 });
  if (!found) throw new Error(`there is no entry ${number}`);
  await store.raiseWatermark(logId, { number, position: found.entry.to, arrival: found.entry.lastArrival });
}

/** What an entry adds to a row. */
interface Addition {
  readonly number: number;
  readonly added: ActionDelta;
}

async function foldInto(store: RowStore, key: RowKey, { number, added }: Addition): Promise<void> {
  const [row] = await store.readRows([key]);
  if (row && row.upTo >= number) return;
  const write = { key, upTo: number, body: folded(key, row?.body, added), madeFrom: row?.upTo, expiresAt: undefined };
  const movedOn = await store.writeRows([write]);
  if (movedOn.length > 0) throw new Error('somebody else folds');
}

function folded({ kind, bucket }: RowKey, body: Uint8Array | undefined, added: ActionDelta): Uint8Array {
  if (kind === 'hour') return encodeHourRow(foldIntoHourRow(body && decodeHourRow(body), added, bucket));
  if (kind === 'day') return encodeDayRow(foldIntoDayRow(body && decodeDayRow(body), added, bucket));
  return encodeAllTimeRow(mergeAllTime(body && decodeAllTimeRow(body), allTimeOf(added)));
}
