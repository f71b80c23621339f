import { breakableName, type Markup, type MarkupValue, markup } from '../markup/markup.ts';
import { fillPart } from './layout/fill-part.ts';
import type { Mail, MailCell, MailPart, MailTable } from './mail.ts';

/** The HTML part of a mail. Its images are named by `cid:`. */
export function renderMailHtml({ subject, preview, eyebrow, heading, lead, facts, parts, notes }: Mail): string {
  return markup`${fillPart('open', { title: subject, preview })}
${fillPart('header', { eyebrow, heading, lead, facts })}${parts.map(drawPart)}${fillPart('footer', {
  notes: notes.map((note) => markup`<p style="margin:0">${note}</p>`),
})}${fillPart('end')}
`.text;
}

function drawPart(part: MailPart): Markup {
  if (part.kind === 'section') return fillPart('section', { title: part.title });
  if (part.kind === 'note') return fillPart('note', { text: part.text });
  if (part.kind === 'image') return fillPart('image', { cid: part.cid, alt: part.alt });
  return fillPart('table', { rows: drawTable(part) });
}

// Programs for mail read styles of elements only.
const CELL =
  'padding:7px 0 7px 12px;border-bottom:1px solid #e3e8ee;text-align:right;white-space:nowrap;word-break:normal;vertical-align:top';
const FIRST_CELL =
  'padding:7px 0;border-bottom:1px solid #e3e8ee;text-align:left;word-break:normal;vertical-align:top;font-weight:500';
const HEADER = 'color:#566375;font-size:13px;font-weight:600;white-space:normal;vertical-align:bottom';
// Words wrap, figures do not.
const WORDS = 'white-space:normal';
// A telephone has no room for a word of wide letters, not even for a piece of one.
const LONG_WORD = /[^.:_\s-]{15,}/;
const ANYWHERE = ';overflow-wrap:anywhere';
const LONGEST_FIGURE = 10;
const COLOURS = { rose: '#17609e', fell: '#a14a0a', quiet: '#566375' };

function drawTable({ columns, rows }: MailTable): Markup {
  const names = columns?.map(
    (name, at) => markup`<th scope="col" class="quiet" style="${at === 0 ? FIRST_CELL : CELL};${HEADER}">${name}</th>`,
  );
  return markup`${names && markup`<thead><tr>${names}</tr></thead>\n`}<tbody>
${rows.map((row) => markup`<tr>${row.map(drawCell)}</tr>\n`)}</tbody>`;
}

function drawCell(cell: string | MailCell, at: number): Markup {
  const { text, tone } = typeof cell === 'string' ? { text: cell, tone: undefined } : cell;
  if (at === 0) {
    const name = typeof text === 'string' ? breakableName(text) : text;
    return markup`<th scope="row" style="${FIRST_CELL}${hasLongWord(name) && ANYWHERE}">${name}</th>`;
  }
  if (tone === 'strong') return markup`<td style="${CELL};font-size:17px;font-weight:600;padding-top:4px">${text}</td>`;
  if (typeof text === 'string' && text.length > LONGEST_FIGURE) {
    return markup`<td style="${CELL};${WORDS}${ANYWHERE}">${breakableName(text)}</td>`;
  }
  if (!tone) return markup`<td style="${CELL}">${text}</td>`;
  return markup`<td class="${tone}" style="${CELL};color:${COLOURS[tone]}${tone === 'quiet' && `;${WORDS}`}">${text}</td>`;
}

function hasLongWord(text: MarkupValue): boolean {
  return LONG_WORD.test(String(text).replaceAll('<wbr>', ''));
}
