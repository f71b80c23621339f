import type { BitReader } from '../bytes/bit-reader.ts';
import type { BitWriter } from '../bytes/bit-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';

/** A quotient of this length means that the value follows plainly. This bounds a value to 18 + log2(value) bits. */
const ESCAPE_QUOTIENT = 12;
const LENGTH_BITS = 6;
const MAX_LENGTH = 53;
/** Larger values enter the mean as this one, which keeps the mean in 32 bits. */
const MAX_WEIGHT = 0xff_ffff;

/**
 * A Rice code whose parameter follows the mean of the last few values. Neighbours of similar size (the bins of a
 * histogram) need no table and no parameter in the bytes. Writer and reader must start with the same mean.
 */
export class AdaptiveRice {
  /** Four times the running mean. */
  #weight: number;

  constructor(mean: number) {
    this.#weight = mean * 4;
  }

  /** An integer from 0 to 2^53 - 1. */
  write(bits: BitWriter, value: number): void {
    const shift = this.#shift();
    // Integers, if the quotient is short, which it is nearly always: powers and remainders of doubles cost more than
    // the rest.
    if (value < ESCAPE_QUOTIENT << shift) {
      bits.writeUnary(value >>> shift);
      bits.write(value & ((1 << shift) - 1), shift);
    } else {
      const length = bitLength(value);
      bits.write(2 ** ESCAPE_QUOTIENT - 1, ESCAPE_QUOTIENT);
      bits.write(length, LENGTH_BITS);
      bits.writeLong(value, length);
    }
    this.#follow(value);
  }

  read(bits: BitReader): number {
    const shift = this.#shift();
    let quotient = 0;
    while (quotient < ESCAPE_QUOTIENT && bits.read(1) === 1) quotient++;
    const value = quotient < ESCAPE_QUOTIENT ? quotient * 2 ** shift + bits.read(shift) : readPlainly(bits);
    this.#follow(value);
    return value;
  }

  #shift(): number {
    const mean = this.#weight >>> 2;
    return mean === 0 ? 0 : 31 - Math.clz32(mean);
  }

  #follow(value: number): void {
    this.#weight += Math.min(value, MAX_WEIGHT) - (this.#weight >>> 2);
  }
}

function readPlainly(bits: BitReader): number {
  const length = bits.read(LENGTH_BITS);
  if (length > MAX_LENGTH) throw new CorruptBytesError(`an integer of ${length} bits`);
  return bits.readLong(length);
}

function bitLength(value: number): number {
  const high = Math.floor(value / 0x1_0000_0000);
  return high > 0 ? 64 - Math.clz32(high) : 32 - Math.clz32(value);
}
