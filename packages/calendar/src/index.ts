export type { Range } from './bucket-starts.ts';
export { addDays, type Calendar, type IntervalRange, type LocalDay } from './calendar.ts';
export { INTERVALS, type Interval, isInterval } from './intervals.ts';
export { tzdataVersion, zoneCalendar } from './zone-calendar.ts';
export {
  bucketStarts,
  isTimeZone,
  localDay,
  localDayAt,
  roundRange,
  type ZonedRange,
} from './zoned.ts';
