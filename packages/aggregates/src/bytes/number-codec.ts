import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { CorruptBytesError } from './codec-errors.ts';
import { floatOf, floatWords } from './float-words.ts';

/** Decimals that are tried before a number is written as its 64 bits. */
const MAX_DECIMALS = 6;
const RAW = 7;
/** Three bits for the decimals and one for the sign leave this much of 2^53. */
const MAX_MANTISSA = 2 ** 49;
const POWERS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const;

/** A double, bit for bit: a number with few digits takes few bytes, any other number nine. */
export function writeNumber(out: ByteWriter, value: number): void {
  if (!Object.is(value, -0) && Math.abs(value) < MAX_MANTISSA) {
    for (let decimals = 0; decimals <= MAX_DECIMALS; decimals++) {
      const power = POWERS[decimals] as number;
      const mantissa = Math.round(value * power);
      if (mantissa / power === value && Math.abs(mantissa) < MAX_MANTISSA) {
        out.varint((mantissa >= 0 ? mantissa * 2 : -mantissa * 2 - 1) * 8 + decimals);
        return;
      }
    }
  }
  out.varint(RAW);
  out.float64(value);
}

export function readNumber(input: ByteReader): number {
  const head = input.varint();
  const decimals = head % 8;
  if (decimals === RAW) return readDouble(input);
  const folded = Math.floor(head / 8);
  const mantissa = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  return mantissa / (POWERS[decimals] as number);
}

function readDouble(input: ByteReader): number {
  const value = input.float64();
  if (Number.isNaN(value)) throw new CorruptBytesError('an invalid number');
  return value;
}

const EXPONENT_BIAS = 1075;
const FRACTION = 0x10_0000;
const WORD = 0x1_0000_0000;
/** The last bit of a rounding error lies about this many places below the first bit of the sum. */
const USUAL_DISTANCE = 68;

/**
 * The rounding error `low` of a sum, not 0, bit for bit. It is a small odd integer times a power of two not far below
 * the sum's: three or four bytes are enough, where a double takes eight.
 */
export function writeResidue(out: ByteWriter, low: number, sum: number): void {
  const [high, lowWord] = floatWords(Math.abs(low));
  const field = high >>> 20;
  let mantissa = (high % FRACTION) * WORD + lowWord + (field === 0 ? 0 : 2 ** 52);
  const zeros = trailingZeros(mantissa);
  mantissa /= 2 ** zeros;
  const distance = exponentField(sum) - (Math.max(field, 1) + zeros) + 52;
  const away = distance - USUAL_DISTANCE;
  out.varint((away >= 0 ? away * 2 : -away * 2 - 1) * 2 + (low < 0 ? 1 : 0));
  out.varint((mantissa - 1) / 2);
}

export function readResidue(input: ByteReader, sum: number): number {
  const head = input.varint();
  const folded = head >>> 1;
  const away = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  const field = exponentField(sum) + 52 - (away + USUAL_DISTANCE);
  const magnitude = timesPowerOfTwo(input.varint() * 2 + 1, field - EXPONENT_BIAS);
  if (!Number.isFinite(magnitude)) throw new CorruptBytesError('a rounding error that no double holds');
  return head % 2 === 1 ? -magnitude : magnitude;
}

function exponentField(value: number): number {
  return (floatWords(value)[0] >>> 20) & 0x7ff;
}

function trailingZeros(mantissa: number): number {
  const low = mantissa % WORD;
  if (low !== 0) return 31 - Math.clz32(low & -low);
  const high = mantissa / WORD;
  return 63 - Math.clz32(high & -high);
}

/**
 * Exact wherever the result is a double. It takes two steps, because the power alone may be below the normal doubles.
 */
function timesPowerOfTwo(mantissa: number, exponent: number): number {
  if (exponent >= -1022) return mantissa * floatOf((exponent + 1023) << 20, 0);
  return mantissa * floatOf((exponent + 64 + 1023) << 20, 0) * 2 ** -64;
}
