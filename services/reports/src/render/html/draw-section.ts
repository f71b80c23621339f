import { breakableName, type Cell, type Markup, markup, scrollingTable } from '@weir/charts';
import type { Section } from '../view/report-view.ts';

const LONGEST_FIGURE = 24;

/** A sentence and a table, on a card. */
export function drawSection({ title, columns, rows, more }: Section): Markup {
  return markup`<section class="card brief">
<h2>${title}</h2>
${rows.length > 0 && scrollingTable({ caption: title, columns, rows: rows.map(breakableCells) })}${more && markup`<p class="quiet">${more}</p>`}
</section>`;
}

function breakableCells(row: readonly string[]): Cell[] {
  return row.map((text) => (text.length > LONGEST_FIGURE ? { text: breakableName(text), tone: 'text' } : { text }));
}
