export { CorruptBytesError, TruncatedBytesError, UnknownFormatError } from './bytes/codec-errors.ts';
export { hash64 } from './hashes/hash64.ts';
export { ActivityBuilder } from './log-entry/activity-builder.ts';
export { type CountedIds, maxCountedIdsBytes } from './log-entry/counted-ids.ts';
export { type ActionDelta, type Delta, OTHER_ACTION } from './log-entry/delta.ts';
export { DeltaBuilder } from './log-entry/delta-builder.ts';
export {
  decodeEntryHeader,
  decodeLogEntry,
  type EntryHeader,
  encodeLogEntry,
  type LogEntry,
  MAX_ENTRY_HEADER_BYTES,
  type Outcomes,
} from './log-entry/log-entry.ts';
export { logEntryLifeSeconds } from './log-entry/log-entry-life.ts';
export type { Position } from './log-entry/position-codec.ts';
export { actionsOf, hashAt, type UserAction, type UserActivity, userHash } from './log-entry/user-activity.ts';
export {
  type ActionSum,
  type ActivityRow,
  decodeActivityRow,
  encodeActivityRow,
  foldIntoActivityRow,
} from './rows/activity-row.ts';
export {
  type AllTimeRow,
  allTimeOf,
  decodeAllTimeRow,
  encodeAllTimeRow,
  mergeAllTime,
} from './rows/all-time-row.ts';
export { type DayRow, decodeDayRow, encodeDayRow, foldIntoDayRow } from './rows/day-row.ts';
export { decodeHourRow, encodeHourRow, foldIntoHourRow, type HourRow } from './rows/hour-row.ts';
export { dayOfHours, mergeDayRows, mergeHourRows } from './rows/merge-rows.ts';
export { DDSketch } from './sketches/ddsketch.ts';
export { DDSKETCH_ACCURACY } from './sketches/ddsketch-keys.ts';
export type { HourSketches } from './sketches/hour-sketches.ts';
export { HyperLogLog, registerOf } from './sketches/hyper-log-log.ts';
export { addToSum, addValue, emptyTotals, mergeTotals, type Totals, totalSum } from './totals/totals.ts';
