import { breakableName, type Cell, type Markup, markup, scrollingTable } from '@weir/charts';
import { numberOf } from '../view/number-of.ts';
import type { Section } from '../view/report-view.ts';

const LONGEST_FIGURE = 24;

// More are folded: a section may stand above the charts.
const OPEN = 10;

/** A sentence and a table, on a card. */
export function drawSection({ title, columns, rows, more }: Section): Markup {
  const folded = rows.slice(OPEN);
  const drawRows = (caption: string, some: Section['rows']) =>
    scrollingTable({ caption, columns, rows: some.map(breakableCells) });
  return markup`<section class="card brief">
<h2>${title}</h2>
${rows.length > 0 && drawRows(title, rows.slice(0, OPEN))}${
  folded.length > 0 &&
  markup`<details><summary>${numberOf('more row', folded.length)}</summary>
${drawRows(`${title}: more`, folded)}</details>`
}${more && markup`<p class="quiet">${more}</p>`}
</section>`;
}

function breakableCells(row: readonly string[]): Cell[] {
  return row.map((text) => (text.length > LONGEST_FIGURE ? { text: breakableName(text), tone: 'text' } : { text }));
}
