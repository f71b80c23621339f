import { breakableName, type Change, formatChange, formatNumber, markup, type Tile, toneOf } from '@weir/charts';
import type { MailCell, MailPart, MailTable } from '@weir/charts/mail';
import { moreThan } from '../view/number-of.ts';
import type { ActionRow, Section } from '../view/report-view.ts';

// A mail is read at a glance, and cut off at 102 KB by some programs.
const MOST_ROWS = 10;

/** The figures of the day. */
export function tilesTable(tiles: readonly Tile[]): MailTable {
  return {
    kind: 'table',
    rows: tiles.map(({ name, value, changes = [], note }) => {
      const written = changes.map(({ change, against }) => `${formatChange(change)} ${against}`);
      const lines = [...written, note].filter((line) => line !== undefined);
      const text = lines.map((line, at) => markup`${at > 0 && markup`<br>`}${line}`);
      return [name, { text: value, tone: 'strong' }, { text, tone: 'quiet' }];
    }),
  };
}

/** The most frequent actions. */
export function actionsTable(actions: readonly ActionRow[]): MailTable {
  return {
    kind: 'table',
    columns: ['Action', 'Events', 'Change', 'Users'],
    rows: actions.map(({ action, count, sinceLastSeven, users }) => [
      { text: breakableName(action) },
      formatNumber(count),
      changeCell(sinceLastSeven),
      formatNumber(users),
    ]),
  };
}

function changeCell(change: Change): MailCell {
  return { text: formatChange(change), tone: toneOf(change) ?? 'quiet' };
}

/** A sentence and its table, if there is one to show. */
export function sectionParts(section: Section | undefined): MailPart[] {
  if (!section) return [];
  const { title, columns, rows } = section;
  const more = moreThan(MOST_ROWS, rows.length, 'row');
  return [
    { kind: 'section', title },
    ...(rows.length > 0 ? [{ kind: 'table', columns, rows: rows.slice(0, MOST_ROWS) } as const] : []),
    ...(more ? [{ kind: 'note', text: `${more} in the report` } as const] : []),
  ];
}
