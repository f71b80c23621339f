/** A field of a CSV. Null is not known: the field is empty. */
export type CsvField = string | number | null;

// A spreadsheet would run a text that begins like this.
const FORMULA = /^[=+\-@\t\r]/;
const NEEDS_QUOTES = /[",\r\n]/;

/** A line after RFC 4180. No text is a formula. */
export function csvLine(fields: readonly CsvField[]): string {
  return `${fields.map(writeField).join(',')}\r\n`;
}

function writeField(field: CsvField): string {
  if (field === null) return '';
  if (typeof field === 'number') return String(field);
  const text = FORMULA.test(field) ? `'${field}` : field;
  return NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
