import { type Chart, inlineSvg } from '../chart/chart.ts';
import { type Markup, markup } from '../markup/markup.ts';
import { type DataTable, dataTable } from './data-table.ts';

/** The widths at which a chart is drawn, so that its text has its size on a telephone as on a screen. */
export const CHART_WIDTHS = { narrow: 300, medium: 480 };

export interface FigureCard {
  /** What is to be seen, as a sentence. */
  readonly title: string;
  readonly note?: string | undefined;
  readonly draw: (width: number) => Chart;
  /** The same figures, for screen readers. */
  readonly table: Omit<DataTable, 'isHidden'>;
}

/** A chart under its sentence, and its figures for those who do not see it. */
export function figureCard({ title, note, draw, table }: FigureCard): Markup {
  return markup`<section class="card">
<h2>${title}</h2>${note && markup`<p class="quiet">${note}</p>`}
${inlineSvg(draw(CHART_WIDTHS.narrow), 'narrow')}${inlineSvg(draw(CHART_WIDTHS.medium), 'medium')}
${dataTable({ ...table, isHidden: true })}
</section>`;
}
