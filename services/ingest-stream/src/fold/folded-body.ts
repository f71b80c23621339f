import {
  type ActionDelta,
  decodeDayRow,
  decodeHourRow,
  encodeDayRow,
  encodeHourRow,
  foldIntoDayRow,
  foldIntoHourRow,
} from '@weir/aggregates';
import { allTimeOf, decodeAllTimeRow, encodeAllTimeRow, mergeAllTime, type RowKey } from '@weir/dynamodb';

/** A row's body with more entries folded into it; `body` is undefined for a new row. */
export function foldedBody(key: RowKey, body: Uint8Array | undefined, deltas: readonly ActionDelta[]): Uint8Array {
  if (key.kind === 'hour') return foldedHour(key.bucket, body, deltas);
  if (key.kind === 'day') return foldedDay(key.bucket, body, deltas);
  return foldedAllTime(body, deltas);
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
