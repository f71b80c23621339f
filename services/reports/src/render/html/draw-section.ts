import { dataTable, type Markup, markup } from '@weir/charts';
import type { Section } from '../view/report-view.ts';

/** A sentence and a table, on a card. */
export function drawSection({ title, columns, rows, more }: Section): Markup {
  return markup`<section class="card">
<h2>${title}</h2>
${rows.length > 0 && dataTable({ caption: title, columns, rows })}${more && markup`<p class="quiet">${more}</p>`}
</section>`;
}
