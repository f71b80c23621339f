import type { ByteReader } from './byte-reader.ts';

/**
 * Reads what BitWriter wrote, a whole byte at a time. After the last value, the byte reader stands at the next byte.
 */
export class BitReader {
  readonly #in: ByteReader;
  #pending = 0;
  #count = 0;

  constructor(input: ByteReader) {
    this.#in = input;
  }

  /** At most 24 bits. */
  read(count: number): number {
    while (this.#count < count) {
      this.#pending |= this.#in.byte() << this.#count;
      this.#count += 8;
    }
    const value = this.#pending & ((1 << count) - 1);
    this.#pending >>>= count;
    this.#count -= count;
    return value;
  }

  /** At most 53 bits. */
  readLong(count: number): number {
    let value = 0;
    let scale = 1;
    let left = count;
    while (left > 24) {
      value += this.read(24) * scale;
      scale *= 0x100_0000;
      left -= 24;
    }
    return value + this.read(left) * scale;
  }

  /** How many ones stand before the next zero. */
  readUnary(): number {
    let ones = 0;
    while (this.read(1) === 1) ones++;
    return ones;
  }
}
