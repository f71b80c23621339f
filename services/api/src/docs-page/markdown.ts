import { Html, type HtmlPart, html } from './html.ts';

/** `code` and **strong**: the only markup in descriptions. */
const MARK = /`([^`]+)`|\*\*([^*]+)\*\*/g;

/** A description on one line. */
export function inline(text: string): Html {
  const pieces: HtmlPart[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: code, 2: strong } of text.matchAll(MARK)) {
    pieces.push(
      text.slice(end, index),
      code === undefined ? html`<strong>${strong}</strong>` : html`<code>${code}</code>`,
    );
    end = index + whole.length;
  }
  return html`${[...pieces, text.slice(end)]}`;
}

/** A paragraph, or a list if each line begins with a dash. */
function block(text: string): Html {
  const lines = text.split('\n');
  if (!lines.every((line) => line.startsWith('- '))) return html`<p>${inline(text)}</p>`;
  return html`<ul>${lines.map((line) => html`<li>${inline(line.slice(2))}</li>`)}</ul>`;
}

/** A description as paragraphs and lists. */
export function paragraphs(text: string | undefined): Html {
  if (text === undefined) return new Html('');
  return html`${text.split('\n\n').map(block)}`;
}
