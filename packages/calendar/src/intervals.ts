/** The width of a bucket. Minutes are always in UTC; weeks begin on Monday. */
export type Interval = 'minute' | 'hour' | 'day' | 'week' | 'month';

/** All intervals, the shortest first. */
export const INTERVALS: readonly Interval[] = ['minute', 'hour', 'day', 'week', 'month'];

export function isInterval(text: string): text is Interval {
  return (INTERVALS as readonly string[]).includes(text);
}
