import { type Markup, type MarkupValue, markup } from '../markup/markup.ts';

/** How a cell looks. `heat0` to `heat5` are shades of a ground, from none to the darkest. */
export type Tone = 'rose' | 'fell' | 'text' | `heat${0 | 1 | 2 | 3 | 4 | 5}`;

export interface Cell {
  readonly text: MarkupValue;
  readonly tone?: Tone | undefined;
}

export interface DataTable {
  readonly caption: string;
  readonly columns: readonly string[];
  /** The first cell of a row is its header. */
  readonly rows: readonly (readonly (string | Cell)[])[];
  /** `hidden`: only screen readers have the table. Its caption is hidden in any case. */
  readonly isHidden?: boolean;
}

/** A table of figures. */
export function dataTable({ caption, columns, rows, isHidden }: DataTable): Markup {
  const table = markup`<table class="data"><caption class="hidden">${caption}</caption>
<thead><tr>${columns.map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>
${rows.map((row) => markup`<tr>${row.map(drawCell)}</tr>\n`)}</tbody></table>`;
  // A table is never narrower than its contents: only what is around it can hide it.
  return isHidden ? markup`<div class="hidden">${table}</div>` : table;
}

function drawCell(cell: string | Cell, at: number): Markup {
  const { text, tone } = typeof cell === 'string' ? { text: cell, tone: undefined } : cell;
  if (at === 0) return markup`<th scope="row">${text}</th>`;
  return markup`<td${tone && markup` class="${tone}"`}>${text}</td>`;
}

/** A table that may be wider than the screen: it moves by itself, with the keyboard too. */
export function scrollingTable(table: DataTable): Markup {
  return markup`<div class="scroll" role="region" aria-label="${table.caption}" tabindex="0">${dataTable(table)}</div>`;
}
