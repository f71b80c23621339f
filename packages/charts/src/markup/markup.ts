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

const LONGEST_WORD = 14;

/** A name that a line may break after its points, signs and spaces, and in the middle only of a very long word. */
export function breakableName(name: string): Markup {
  const words = name.split(/(?<=[.:_\s-])(?=[^.:_\s-])/).flatMap((word) => {
    const characters = [...word];
    const pieces = Math.ceil(characters.length / LONGEST_WORD);
    return Array.from({ length: pieces }, (_, at) =>
      characters.slice(at * LONGEST_WORD, (at + 1) * LONGEST_WORD).join(''),
    );
  });
  return new Markup(words.map(escapeText).join('<wbr>'));
}

// Characters that no XML holds, and those that reorder the text around them.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for.
const UNWANTED = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/g;

/** Replaces each character that would make the text unreadable, or make it look like another, by U+FFFD. */
export function plainText(text: string): string {
  return text.toWellFormed().replace(UNWANTED, '\ufffd');
}
