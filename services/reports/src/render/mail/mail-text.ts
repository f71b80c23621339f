import { formatChange, formatNumber, NO_BREAK_SPACE, type Tile } from '@weir/charts';
import { oneLine } from '@weir/charts/mail';
import { moreThan } from '../view/number-of.ts';
import type { ActionRow, ReportView, Section } from '../view/report-view.ts';

const MOST_ROWS = 10;

/** The mail for programs that show no HTML. What a user wrote stays on its line. */
export function mailText(view: ReportView, id: string, mostActions: number): string {
  const blocks = [
    [`Daily report: ${view.date}`, view.facts.join(', ')],
    [view.lead],
    view.tiles.map(tileLine),
    ...sectionBlocks(view.drift),
    view.figures.filter(() => view.actions.length > 0).map(({ title }) => title),
    actionLines(view.actions, mostActions),
    ...[view.refused, view.changes, view.revised].flatMap(sectionBlocks),
    [...view.notes, `The whole report: GET /v1/reports/${id}`],
  ];
  const written = blocks.filter((lines) => lines.length > 0).map((lines) => lines.map(writeLine).join('\n'));
  return `${written.join('\n\n')}\n`;
}

function writeLine(line: string): string {
  const indent = line.startsWith('  ') ? '  ' : '';
  return indent + oneLine(line.replaceAll(NO_BREAK_SPACE, ' '));
}

function tileLine({ name, value, changes = [], note }: Tile): string {
  const written = changes.map(({ change, against }) => `${formatChange(change)} ${against}`);
  return [`${name}: ${value}`, ...written, note].filter(Boolean).join(', ');
}

function actionLines(actions: readonly ActionRow[], most: number): string[] {
  if (actions.length === 0) return [];
  const lines = actions
    .slice(0, most)
    .map(
      ({ action, count, sinceLastSeven }) => `  ${formatNumber(count)}  ${action} (${formatChange(sinceLastSeven)})`,
    );
  const more = moreThan(most, actions.length, 'action');
  return ['Actions, against the mean of the last seven days:', ...lines, ...(more ? [`  ${more} in the report`] : [])];
}

function sectionBlocks(section: Section | undefined): string[][] {
  if (!section) return [];
  const rows = section.rows.slice(0, MOST_ROWS).map((row) => `  ${row.join(', ')}`);
  const more = moreThan(MOST_ROWS, section.rows.length, 'row');
  return [[section.title, ...rows, ...(more ? [`  ${more} in the report`] : [])]];
}
