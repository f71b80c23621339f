/** Text of HTML or SVG that is complete: whatever data it holds is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

export type MarkupValue = string | number | Markup | readonly MarkupValue[] | false | null | undefined;

/**
 * Builds HTML or SVG from a template. A value that is not markup itself is escaped, for text and for attributes in
 * quotes. Lists are joined; `false`, `null` and `undefined` are left out.
 */
export function markup(strings: readonly string[], ...values: readonly MarkupValue[]): Markup {
  const parts = strings.map((text, at) => text + (at < values.length ? escapeValue(values[at]) : ''));
  return new Markup(parts.join(''));
}

function escapeValue(value: MarkupValue): string {
  if (value === false || value === null || value === undefined) return '';
  if (value instanceof Markup) return value.text;
  if (Array.isArray(value)) return value.map(escapeValue).join('');
  return escapeText(String(value));
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Escapes a text for HTML and XML, and replaces what XML cannot hold. */
export function escapeText(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (found) => ESCAPES[found] as string);
}

/** A name that a line may break after any of its points and signs, not in the middle of a word. */
export function breakableName(name: string): Markup {
  const parts = name.split(/(?<=[.:_-])(?=[^.:_-])/);
  return new Markup(parts.map(escapeText).join('<wbr>'));
}

// Characters that no XML holds, and those that reorder the text around them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** Replaces each character that would make the text unreadable, or make it look like another, by U+FFFD. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(UNWANTED, '\ufffd');
}
