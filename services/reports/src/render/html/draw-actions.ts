import {
  breakableName,
  type Cell,
  type Change,
  formatChange,
  formatNumber,
  type Markup,
  markup,
  scrollingTable,
  toneOf,
} from '@weir/charts';
import { numberOf } from '../view/number-of.ts';
import type { ActionRow } from '../view/report-view.ts';
import { FIGURE_COLUMNS, figureCells } from './figure-cells.ts';

// More are folded: nobody reads a thousand rows before the notes below them.
const OPEN = 50;

const COLUMNS = ['Action', 'Events', 'vs. last seven days', 'vs. day before', ...FIGURE_COLUMNS];

/** All actions with all their figures. */
export function drawActions(actions: readonly ActionRow[]): Markup {
  const [open, folded] = [actions.slice(0, OPEN), actions.slice(OPEN)];
  return markup`<section class="card long">
<h2>All actions</h2>
${drawTable('All actions', open)}${
  folded.length > 0 &&
  markup`<details><summary>${numberOf('more action', folded.length)}</summary>
${drawTable('More actions', folded)}</details>`
}
</section>`;
}

function drawTable(caption: string, actions: readonly ActionRow[]): Markup {
  const figures = figureCells(actions);
  const rows = actions.map((row, at) => [
    { text: breakableName(row.action) },
    formatNumber(row.count),
    changeCell(row.sinceLastSeven),
    changeCell(row.sinceDayBefore),
    ...(figures[at] ?? []),
  ]);
  return scrollingTable({ caption, columns: COLUMNS, rows });
}

function changeCell(change: Change): Cell {
  return { text: formatChange(change), tone: toneOf(change) };
}
