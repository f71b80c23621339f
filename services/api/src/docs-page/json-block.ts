import { type Html, type HtmlPart, html } from './html.ts';

/** A key with its colon, a string, a number or a word: the parts of JSON that are coloured. */
const TOKEN = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d[\d.eE+-]*|true|false|null)/g;

/** JSON as HTML, indented and coloured. */
export function jsonBlock(value: unknown): Html {
  const text = JSON.stringify(value, null, 2);
  const pieces: HtmlPart[] = [];
  let end = 0;
  for (const { index, 0: whole, 1: quoted, 2: colon } of text.matchAll(TOKEN)) {
    pieces.push(text.slice(end, index));
    if (quoted === undefined) pieces.push(html`<i class="n">${whole}</i>`);
    else pieces.push(html`<i class="${colon === undefined ? 's' : 'k'}">${quoted}</i>`, colon);
    end = index + whole.length;
  }
  return html`<pre tabindex="0"><code>${[...pieces, text.slice(end)]}</code></pre>`;
}
