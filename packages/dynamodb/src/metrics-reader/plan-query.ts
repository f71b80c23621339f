import { type IntervalRange, openCalendar } from '@weir/calendar/late';
import { planSeries, type SeriesPlan } from './series-plan.ts';

/** The plan of a query whose range is rounded; UTC if it names no zone. Throws for an unknown zone. */
export async function planQuery({
  timeZone = 'UTC',
  ...range
}: IntervalRange & { readonly timeZone?: string }): Promise<SeriesPlan> {
  const calendar = await openCalendar(timeZone);
  if (!calendar) throw new RangeError(`there is no time zone ${timeZone}`);
  return planSeries({ starts: calendar.bucketStarts(range), to: range.to, interval: range.interval });
}
