/** The most digits that a double can be asked for (ECMAScript, `toPrecision`). */
const MAX_DIGITS = 100;

/**
 * Whether a double holds the number that a JSON text writes, to its last digit: 9007199254740993 becomes another number
 * once it is read, 1e-400 becomes 0 and 1e400 infinite. 0.1 is held: the nearest double is written with the same
 * digits.
 */
export function keepsNumber(text: string): boolean {
  const value = Number(text);
  const digits = digitsOf(text);
  if (!Number.isFinite(value) || digits.length > MAX_DIGITS) return false;
  if (value === 0) return digits === '';
  // Where a double lies half-way between two texts of that many digits, JSON writes one of them and `toPrecision` the
  // other.
  return digits === digitsOf(value.toPrecision(digits.length)) || digits === digitsOf(String(value));
}

/** The digits that say how large a number is, up to its exponent: without zeros before and after them. */
function digitsOf(text: string): string {
  const [mantissa = ''] = text.split(/e/i);
  return mantissa.replace(/[-.]/g, '').replace(/^0+|0+$/g, '');
}
