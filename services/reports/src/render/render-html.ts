import { figureCard, markup, renderPage, tile } from '@weir/charts';
import type { DailyReport } from '../daily/daily-report.ts';
import { drawActions } from './html/draw-actions.ts';
import { drawSection } from './html/draw-section.ts';
import { drawUsers } from './html/draw-users.ts';
import { describeReport } from './view/describe-report.ts';

/** `report.html`: the report as a page in one file. */
export function renderHtml(report: DailyReport): string {
  const view = describeReport(report);
  const [days, hours, actions] = view.figures;
  const body = markup`<header>
<p class="eyebrow">Weir · Daily report</p>
<h1>${view.date}</h1>
<p class="lead">${view.lead}</p>
<p class="quiet">${view.facts.join(' · ')}</p>
</header>
<div class="tiles">
${view.tiles.map(tile)}
</div>
${view.drift && drawSection(view.drift)}${view.changes && drawSection(view.changes)}
<div class="beside">
${days && figureCard(days)}
${hours && figureCard(hours)}
${actions && figureCard(actions)}
<div class="stack">
${drawUsers(report)}
${drawSection(view.refused)}
${view.revised && drawSection(view.revised)}
</div>
</div>
${view.actions.length > 0 && drawActions(view.actions)}
<footer>${view.notes.map((note) => markup`<p class="quiet">${note}</p>\n`)}</footer>`;
  return renderPage({ title: `Daily report: ${view.date}`, body });
}
