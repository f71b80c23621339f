/** Text that is already HTML. Every other text is escaped when it is put into a page. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** The values that a page may contain. */
export type HtmlPart = Html | string | number | undefined | readonly HtmlPart[];

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function textOf(piece: HtmlPart): string {
  if (piece === undefined) return '';
  if (piece instanceof Html) return piece.text;
  if (typeof piece === 'object') return piece.map(textOf).join('');
  return String(piece).replace(/[&<>"']/g, (char) => ESCAPES[char] ?? char);
}

/** Makes HTML from a template. It escapes every value that it did not make itself. */
export function html(parts: TemplateStringsArray, ...pieces: readonly HtmlPart[]): Html {
  return new Html(parts.map((part, at) => part + textOf(pieces[at])).join(''));
}
