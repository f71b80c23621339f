import { breakableName, formatNumber, formatShare, type Markup, markup, scrollingTable } from '@weir/charts';
import type { SummaryResult } from '../../../kinds/results.ts';
import { FIGURE_COLUMNS, figureCells } from '../../html/figure-cells.ts';
import { moreThan, numberOf } from '../../view/number-of.ts';
import { barsCard } from './bars-card.ts';

const BARS = 10;
const ROWS = 50;

/** The most frequent actions as bars. */
export function drawRanked({ actions, total }: SummaryResult): Markup {
  const shown = actions.slice(0, BARS);
  const shareOf = (count: number) => formatShare(count, total.count);
  const [first] = shown;
  const title = first
    ? `${first.action} happened most, with ${numberOf('event', first.count)} (${shareOf(first.count)})`
    : 'No action happened';
  return barsCard({
    title,
    note: 'The most frequent actions, and their part of all events',
    bars: shown.map(({ action, count }) => ({ name: action, value: count, note: shareOf(count) })),
    table: {
      caption: 'The most frequent actions',
      columns: ['Action', 'Events', 'Part'],
      rows: shown.map(({ action, count }) => [action, formatNumber(count), shareOf(count)]),
    },
  });
}

/** The most frequent actions with all their figures. */
export function drawRankedTable({ actions }: SummaryResult): Markup {
  const shown = actions.slice(0, ROWS);
  const figures = figureCells(shown);
  const more = moreThan(ROWS, actions.length, 'action');
  const rows = shown.map(({ action, count }, at) => [
    { text: breakableName(action) },
    formatNumber(count),
    ...(figures[at] ?? []),
  ]);
  const title = 'Actions in the whole range';
  return markup`<section class="card long">
<h2>${title}</h2>
${scrollingTable({ caption: title, columns: ['Action', 'Events', ...FIGURE_COLUMNS], rows })}${
  more && markup`<p class="quiet">${more} in report.json</p>`
}
</section>`;
}
