import { Html, html, type Piece } from './html.ts';

/** `code` and **strong**: all the markup that descriptions use. */
const MARK = /`([^`]+)`|\*\*([^*]+)\*\*/g;

/** A description on one line. */
export function inline(text: string): Html {
  const pieces: Piece[] = [];
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

/** A description in paragraphs. */
export function paragraphs(text: string | undefined): Html {
  if (text === undefined) return new Html('');
  return html`${text.split('\n\n').map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`;
}
