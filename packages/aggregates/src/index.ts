export { ActivityBuilder } from './activity-builder.ts';
export {
  type ActionSum,
  type ActivityRow,
  decodeActivityRow,
  encodeActivityRow,
  foldIntoActivityRow,
} from './activity-row.ts';
export { TruncatedBytesError, UnknownFormatError } from './codec-errors.ts';
export { type CountedIds, maxCountedIdsBytes } from './counted-ids.ts';
export { type DayRow, decodeDayRow, encodeDayRow, foldIntoDayRow } from './day-row.ts';
export { DDSketch } from './ddsketch.ts';
export { DDSKETCH_ACCURACY } from './ddsketch-keys.ts';
export type { ActionDelta, Delta, HourSketches } from './delta.ts';
export { DeltaBuilder } from './delta-builder.ts';
export { hash64 } from './hash64.ts';
export { decodeHourRow, encodeHourRow, foldIntoHourRow, type HourRow } from './hour-row.ts';
export { HyperLogLog, registerOf } from './hyper-log-log.ts';
export {
  decodeEntryHeader,
  decodeEntryIds,
  decodeLogEntry,
  type EntryHeader,
  type EntryIds,
  encodeLogEntry,
  type LogEntry,
  MAX_ENTRY_HEADER_BYTES,
  type Outcomes,
} from './log-entry.ts';
export { logEntryLifeSeconds } from './log-entry-life.ts';
export type { Position } from './position-codec.ts';
export { addToSum, addValue, emptyTotals, mergeTotals, totalSum } from './totals.ts';
export type { Totals } from './types.ts';
export { actionsOf, hashAt, type UserAction, type UserActivity, userHash } from './user-activity.ts';
