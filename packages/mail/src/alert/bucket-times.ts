import type { BucketInterval } from '@weir/alerts';
import { formatDate, formatDayOfMonth } from '@weir/charts';

interface Span {
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
  readonly interval: BucketInterval;
}

/** When a bucket was, for people: `Tuesday, 20 January 2026, 12:03 to 12:04 UTC`; a day without its hours. */
export function describeBucket({ start, end, interval }: Span): string {
  const date = formatDate(dateOf(start));
  return interval === 'day' ? `${date}, UTC` : `${date}, ${clockTime(start)} to ${clockTime(end)} UTC`;
}

/** A bucket's label in a chart: `12:03`, or `20 Jan` of a day. */
export function bucketLabel(start: number, interval: BucketInterval): string {
  return interval === 'day' ? formatDayOfMonth(dateOf(start)) : clockTime(start);
}

/** `20 Jan, 12:03 UTC`. */
export function describeTime(at: number): string {
  return `${formatDayOfMonth(dateOf(at))}, ${clockTime(at)} UTC`;
}

function clockTime(at: number): string {
  return new Date(at).toISOString().slice(11, 16);
}

function dateOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
