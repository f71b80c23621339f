import { columnChart, figureCard, formatNumber, type Markup } from '@weir/charts';
import type { SummaryResult } from '../../../kinds/results.ts';
import { numberOf } from '../../view/number-of.ts';
import { type Period, periodsOf } from './periods.ts';

const HEIGHT = 210;

/** The events of each day, week, month or year. */
export function drawSeries({ dates }: SummaryResult): Markup {
  const { unit, periods } = periodsOf(dates);
  const busiest = periods.reduce<Period | undefined>(
    (most, one) => (one.count > (most?.count ?? 0) ? one : most),
    undefined,
  );
  const title = busiest
    ? `${busiest.name} had the most events, ${formatNumber(busiest.count)}`
    : `No event on any ${unit}`;
  const ends = unit === 'day' ? '' : `. The first and the last ${unit} count only as far as the range goes`;
  return figureCard({
    title,
    note: `Events by ${unit}${ends}`,
    draw: (width) =>
      columnChart({
        columns: periods.map((period) => ({
          label: period.label,
          value: period.count,
          detail: `${period.name}: ${numberOf('event', period.count)}`,
          isMain: period === busiest,
        })),
        width,
        height: HEIGHT,
        summary: `Columns: ${title}.`,
        figures: 'main',
        empty: 'No events',
      }),
    table: {
      caption: `Events by ${unit}`,
      columns: [unit === 'day' ? 'Day' : 'Period', 'Events'],
      rows: periods.map(({ name, count }) => [name, formatNumber(count)]),
    },
  });
}
