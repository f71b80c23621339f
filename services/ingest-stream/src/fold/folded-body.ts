import {
  type ActionDelta,
  allTimeOf,
  decodeActivityRow,
  decodeAllTimeRow,
  decodeDayRow,
  decodeHourRow,
  encodeActivityRow,
  encodeAllTimeRow,
  encodeDayRow,
  encodeHourRow,
  foldIntoActivityRow,
  foldIntoDayRow,
  foldIntoHourRow,
  mergeAllTime,
  type UserAction,
} from '@weir/aggregates';
import type { StoredRow } from '@weir/dynamodb';
import type { RowChange } from './row-changes.ts';

/** The body of a row with those entries folded into it that it does not hold; `row` is undefined for a new one. */
export function foldedBody(change: RowChange, row: StoredRow | undefined): Uint8Array {
  const { bucket, kind } = change.key;
  const upTo = row?.upTo ?? -1;
  if (change.of === 'user') {
    const missing = change.parts.filter(({ number }) => number > upTo);
    return foldedActivity(
      bucket,
      row?.body,
      missing.map(({ added }) => added),
    );
  }
  const deltas = change.parts.filter(({ number }) => number > upTo).map(({ added }) => added);
  if (kind === 'hour') return foldedHour(bucket, row?.body, deltas);
  if (kind === 'day') return foldedDay(bucket, row?.body, deltas);
  return foldedAllTime(row?.body, deltas);
}

function foldedActivity(day: number, body: Uint8Array | undefined, added: readonly (readonly UserAction[])[]) {
  let row = body && decodeActivityRow(body);
  for (const actions of added) row = foldIntoActivityRow(row, actions, day);
  return encodeActivityRow(row ?? new Map());
}

function foldedHour(hour: number, body: Uint8Array | undefined, deltas: readonly ActionDelta[]): Uint8Array {
  let row = body && decodeHourRow(body);
  for (const delta of deltas) row = foldIntoHourRow(row, delta, hour);
  return row ? encodeHourRow(row) : new Uint8Array();
}

function foldedDay(day: number, body: Uint8Array | undefined, deltas: readonly ActionDelta[]): Uint8Array {
  let row = body && decodeDayRow(body);
  for (const delta of deltas) row = foldIntoDayRow(row, delta, day);
  return row ? encodeDayRow(row) : new Uint8Array();
}

function foldedAllTime(body: Uint8Array | undefined, deltas: readonly ActionDelta[]): Uint8Array {
  let row = body && decodeAllTimeRow(body);
  for (const delta of deltas) row = mergeAllTime(row, allTimeOf(delta));
  return row ? encodeAllTimeRow(row) : new Uint8Array();
}
