import { columnChart, figureCard, formatNumber, type Markup } from '@weir/charts';
import type { RetentionCohort } from '../../../../kinds/results.ts';
import { numberOf } from '../../../view/number-of.ts';

const HEIGHT = 210;
const MOST_COHORTS = 52;

/** The users of each cohort, who were new in its week. */
export function drawSizes(cohorts: readonly RetentionCohort[]): Markup {
  const shown = cohorts.slice(-MOST_COHORTS);
  const largest = shown.reduce((most, one) => (one.size > most.size ? one : most));
  const title = `${largest.week} had the most new users, ${formatNumber(largest.size)}`;
  const earlier = cohorts.length - shown.length;
  return figureCard({
    title,
    note: `Users by the week of their first event${earlier > 0 ? `; ${numberOf('earlier week', earlier)} in report.csv` : ''}`,
    draw: (width) =>
      columnChart({
        columns: shown.map((cohort) => ({
          label: cohort.week.slice(5),
          value: cohort.size,
          detail: `${cohort.week}: ${numberOf('user', cohort.size)}`,
          isMain: cohort === largest,
        })),
        width,
        height: HEIGHT,
        summary: `Columns: ${title}.`,
        figures: 'main',
        empty: 'No users',
      }),
    table: {
      caption: 'Users by the week of their first event',
      columns: ['Week', 'Users'],
      rows: shown.map(({ week, size }) => [week, formatNumber(size)]),
    },
  });
}
