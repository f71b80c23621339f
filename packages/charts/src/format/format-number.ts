/** What stands for a figure that is not known. */
export const UNKNOWN = '–';

/** Keeps a figure and its unit on one line. */
export const NO_BREAK_SPACE = '\u00a0';

const MINUS = '\u2212';

// Past it, a double no longer holds every integer, and the digits say nothing.
const TOO_LARGE = 1e15;
const TOO_SMALL = 1e-4;

/**
 * Writes a figure for a person: `1,204,332`, `19.99`, `0.0042`, `1.2e+21`. Digits are grouped by commas; a fraction has
 * two digits, below 1 three that count. It reads no locale tables.
 */
export function formatNumber(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const size = Math.abs(value);
  if (size >= TOO_LARGE || (size > 0 && size < TOO_SMALL)) return signed(value, scientific(size));
  if (size >= 1) return signed(value, grouped(trimZeros(size.toFixed(2))));
  return signed(value, size === 0 ? '0' : trimZeros(size.toFixed(2 - Math.floor(Math.log10(size)))));
}

/** Writes the figures of a column: if one of them has a fraction, each has two digits of it, below one another. */
export function formatColumn(values: readonly (number | null)[]): string[] {
  const written = values.map(formatNumber);
  if (!written.some((text) => text.includes('.'))) return written;
  return written.map((text) => (/^\W?[\d,]+(\.\d\d?)?$/.test(text) ? twoDigits(text) : text));
}

function twoDigits(text: string): string {
  const [whole, fraction = ''] = text.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}

const UNITS = [
  [1e12, 'T'],
  [1e9, 'B'],
  [1e6, 'M'],
  [1e3, 'k'],
] as const;

/** Writes a figure in few letters, for an axis: `950`, `1.2k`, `34M`. */
export function formatCompact(value: number | null): string {
  if (value === null || !Number.isFinite(value)) return UNKNOWN;
  const size = Math.abs(value);
  if (size >= TOO_LARGE) return signed(value, scientific(size));
  // 999,950 would be written as 1000k.
  const [unit, letter] = UNITS.find(([least]) => size >= least * 0.9995) ?? [1, ''];
  if (unit === 1) return formatNumber(value);
  const scaled = size / unit;
  return signed(value, `${trimZeros(scaled.toFixed(scaled < 99.95 ? 1 : 0))}${letter}`);
}

function signed(value: number, text: string): string {
  return value < 0 ? `${MINUS}${text}` : text;
}

function scientific(size: number): string {
  return size.toExponential(2).replace(/\.?0+e/, 'e');
}

function grouped(text: string): string {
  return text.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
