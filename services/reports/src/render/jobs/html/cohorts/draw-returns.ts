import { columnChart, figureCard, formatNumber, formatShare, type Markup } from '@weir/charts';
import type { Returns } from './returns-of.ts';

const HEIGHT = 210;
// A year: the files have the rest.
const MOST_WEEKS = 52;

/** The part of users who came again, by weeks since their first. */
export function drawReturns(returns: readonly Returns[]): Markup {
  const weeks = returns.slice(0, MOST_WEEKS + 1).map((one, week) => ({ ...one, week }));
  const later = weeks.slice(1);
  // Of the later weeks only the oldest cohorts know: of the last one a single cohort.
  const [next] = later;
  const title = next
    ? `${formatShare(next.users, next.of)} came again in the week after their first`
    : 'The range is too short for a user to come again in another week';
  return figureCard({
    title,
    note: `Percent of users who came again, by weeks since their first; of the cohorts that are old enough${returns.length > MOST_WEEKS + 1 ? '. Later weeks are in report.csv' : ''}`,
    draw: (width) =>
      columnChart({
        columns: later.map(({ users, of, week }) => ({
          label: String(week),
          value: percentOf(users, of),
          detail: `Week ${week}: ${formatShare(users, of)}, ${formatNumber(users)} of ${formatNumber(of)} users`,
          isMain: week === 1,
        })),
        width,
        height: HEIGHT,
        summary: `Columns: ${title}.`,
        figures: later.length <= 13 ? 'all' : 'main',
        empty: 'Nobody came again',
      }),
    table: {
      caption: 'Users who came again, by weeks since their first',
      columns: ['Week', 'Came again', 'Of', 'Part'],
      rows: weeks.map(({ week, users, of }) => [
        String(week),
        formatNumber(users),
        formatNumber(of),
        formatShare(users, of),
      ]),
    },
  });
}

/** With as many digits as `formatShare` has. */
function percentOf(users: number, of: number): number {
  const percent = (100 * users) / Math.max(1, of);
  return percent >= 9.95 ? Math.round(percent) : Math.round(10 * percent) / 10;
}
