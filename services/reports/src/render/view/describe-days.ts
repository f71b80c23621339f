import {
  type Column,
  columnChart,
  compareFigures,
  describeChange,
  formatDate,
  formatNumber,
  formatShortDate,
} from '@weir/charts';
import type { DailyReport } from '../../daily/daily-report.ts';
import { numberOf } from './number-of.ts';
import { reportDate } from './report-date.ts';
import type { ReportFigure } from './report-view.ts';

const HEIGHT = 210;

/** The day beside the seven before. */
export function describeDays(report: DailyReport): ReportFigure {
  const { facts, comparisons } = report;
  const days = [...comparisons.lastSeven, { date: reportDate(report), count: facts.total.count }];
  const mean = comparisons.meanOfSeven.total?.count;
  const change = describeChange(compareFigures(facts.total.count, mean ?? null), 'the last seven days');
  const title = titleOf(facts.total.count, change);
  const columns: Column[] = days.map(({ date, count }, at) => ({
    label: formatShortDate(date),
    value: count,
    detail: `${formatDate(date)}: ${count === null ? 'not known' : numberOf('event', count)}`,
    isMain: at === days.length - 1,
  }));
  const drawnMean =
    mean === undefined ? undefined : { value: mean, label: `Mean of the last seven days: ${round(mean)}` };
  return {
    key: 'days',
    title,
    note: 'Events by day, beside the seven days before',
    draw: (width) =>
      columnChart({
        columns,
        width,
        height: HEIGHT,
        summary: `Columns: ${title}.`,
        figures: 'all',
        mean: drawnMean,
        empty: 'No events',
      }),
    table: {
      caption: 'Events by day',
      columns: ['Day', 'Events'],
      rows: days.map(({ date, count }) => [formatDate(date), formatNumber(count)]),
    },
  };
}

function titleOf(count: number, change: string | undefined): string {
  if (change) return `Events ${change}`;
  return count === 0 ? 'No event on this day' : `${numberOf('event', count)}, and no earlier day to compare with`;
}

function round(mean: number): string {
  return formatNumber(mean >= 100 ? Math.round(mean) : mean);
}
