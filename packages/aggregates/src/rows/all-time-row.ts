import { CorruptBytesError, TruncatedBytesError, UnknownFormatError } from '../bytes/codec-errors.ts';
import type { ActionDelta } from '../log-entry/delta.ts';

/** What a log has counted of one action since it began. Times are epoch milliseconds. */
export interface AllTimeRow {
  readonly count: number;
  readonly first: number;
  readonly last: number;
}

const BYTES = 24;

export function encodeAllTimeRow({ count, first, last }: AllTimeRow): Uint8Array {
  return new Uint8Array(Float64Array.of(count, first, last).buffer);
}

export function decodeAllTimeRow(bytes: Uint8Array): AllTimeRow {
  if (bytes.length < BYTES) throw new TruncatedBytesError();
  // Its length identifies its format.
  if (bytes.length > BYTES) throw new UnknownFormatError('row of all time', bytes.length);
  const view = new DataView(bytes.buffer, bytes.byteOffset, BYTES);
  const row = { count: view.getFloat64(0, true), first: view.getFloat64(8, true), last: view.getFloat64(16, true) };
  if (!Number.isFinite(row.count + row.first + row.last)) throw new CorruptBytesError('an invalid count or time');
  return row;
}

export function mergeAllTime(into: AllTimeRow | undefined, from: AllTimeRow): AllTimeRow {
  if (into === undefined) return from;
  return {
    count: into.count + from.count,
    first: Math.min(into.first, from.first),
    last: Math.max(into.last, from.last),
  };
}

/** What an entry adds to an all-time row. */
export function allTimeOf({ minutes, first, last }: ActionDelta): AllTimeRow {
  let count = 0;
  for (const totals of minutes.values()) count += totals.count;
  return { count, first, last };
}
