import { type Cell, formatNumber, formatShare, type Markup, markup, scrollingTable, type Tone } from '@weir/charts';
import type { RetentionCohort } from '../../../../kinds/results.ts';
import { numberOf } from '../../../view/number-of.ts';

// Half a year of cohorts, and a quarter of weeks: as much as a page of paper has room for.
const COHORTS = 26;
const WEEKS = 13;

/** Each cohort as a row of percentages. The ground of a cell is darker, the more came again. */
export function drawCohorts(cohorts: readonly RetentionCohort[]): Markup {
  const shown = cohorts.slice(-COHORTS);
  const weeks = Math.min(WEEKS, Math.max(...shown.map(({ active }) => active.length)));
  const title = cohorts.length > COHORTS ? `The last ${COHORTS} cohorts` : 'Cohorts';
  const later = Array.from({ length: weeks - 1 }, (_, at) => at + 1);
  const rows = shown.map(({ week, size, active }) => [
    week,
    formatNumber(size),
    ...later.map((at) => cellOf(active[at], size)),
  ]);
  const more = leftOut(cohorts);
  return markup`<section class="card long heat">
<h2>${title}</h2><p class="quiet">Percent of a cohort's users who came again, by weeks since their first</p>
${scrollingTable({ caption: title, columns: ['Cohort', 'Users', ...later.map((at) => `Week ${at}`)], rows })}${
  more && markup`<p class="quiet">${more}</p>`
}
</section>`;
}

function cellOf(users: number | undefined, size: number): string | Cell {
  if (users === undefined) return '';
  // A few percent are already much: most of the shades are for them.
  const shade = Math.min(5, Math.ceil(5 * Math.sqrt(users / Math.max(1, size))));
  return { text: formatShare(users, size), tone: `heat${shade}` as Tone };
}

function leftOut(cohorts: readonly RetentionCohort[]): string | undefined {
  const earlier = cohorts.length - COHORTS;
  const isLong = cohorts.some(({ active }) => active.length > WEEKS);
  const parts = [earlier > 0 && numberOf('earlier cohort', earlier), isLong && `the weeks from ${WEEKS} on`].filter(
    Boolean,
  );
  return parts.length > 0 ? `${parts.join(' and ')} are in report.csv` : undefined;
}
