import { type Column, columnChart, formatNumber, formatShare } from '@weir/charts';
import type { DailyReport } from '../../daily/daily-report.ts';
import { localTimes } from './local-time.ts';
import { numberOf } from './number-of.ts';
import type { ReportFigure } from './report-view.ts';

const HEIGHT = 190;
const USUAL_HOURS = 24;

/** The hours of the day: when the events happened. */
export function describeHours({ facts, timeZone }: DailyReport): ReportFigure {
  const hours = labelHours(facts.hours, timeZone);
  const most = Math.max(0, ...hours.map(({ count }) => count));
  const busiest = hours.find(({ count }) => count === most);
  const title =
    most === 0 || !busiest
      ? 'No hour had an event'
      : `The busiest hour began at ${busiest.name}, with ${numberOf('event', most)} (${formatShare(most, facts.total.count)})`;
  const columns: Column[] = hours.map(({ name, label, count }) => ({
    label,
    value: count,
    detail: `${name}: ${numberOf('event', count)}`,
    isMain: count === most && most > 0,
  }));
  return {
    key: 'hours',
    title,
    note: `Events by hour, in the time of ${timeZone}${changeOfClocks(hours.length)}`,
    draw: (width) =>
      columnChart({
        columns: onlyFirstMain(columns),
        width,
        height: HEIGHT,
        summary: `Columns: ${title}.`,
        figures: 'main',
        empty: 'No events',
      }),
    table: {
      caption: 'Events by hour',
      columns: ['Hour', 'Events'],
      rows: hours.map(({ name, count }) => [name, formatNumber(count)]),
    },
  };
}

interface LabelledHour {
  /** `14:00`; the second time in a day, `01:00 again`. */
  readonly name: string;
  /** `14`, or `14:30` where hours do not begin on the hour. */
  readonly label: string;
  readonly count: number;
}

/** The names of a day's hours in its time zone. */
export function labelHours(hours: DailyReport['facts']['hours'], timeZone: string): LabelledHour[] {
  const timeOf = localTimes(timeZone);
  const seen = new Set<string>();
  return hours.map(({ start, count }) => {
    const time = timeOf(start);
    const name = seen.has(time) ? `${time} again` : time;
    seen.add(time);
    return { name, label: time.endsWith(':00') ? time.slice(0, 2) : time, count };
  });
}

function changeOfClocks(hours: number): string {
  return hours === USUAL_HOURS || hours === 0 ? '' : `. The clocks changed: the day had ${hours} hours`;
}

/** Several hours may be the busiest: the title names the first. */
function onlyFirstMain(columns: readonly Column[]): Column[] {
  const first = columns.findIndex(({ isMain }) => isMain);
  return columns.map((column, at) => ({ ...column, isMain: at === first }));
}
