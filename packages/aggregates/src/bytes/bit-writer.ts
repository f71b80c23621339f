import type { ByteWriter } from './byte-writer.ts';

/** Writes bits into bytes, lowest first. Call `flush` before anything else writes to the same bytes. */
export class BitWriter {
  readonly #out: ByteWriter;
  #pending = 0;
  #count = 0;

  constructor(out: ByteWriter) {
    this.#out = out;
  }

  /** At most 24 bits; `value` must be smaller than 2^count. */
  write(value: number, count: number): void {
    this.#pending |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#out.byte(this.#pending & 255);
      this.#pending >>>= 8;
      this.#count -= 8;
    }
  }

  /** At most 53 bits. */
  writeLong(value: number, count: number): void {
    let rest = value;
    let left = count;
    while (left > 24) {
      this.write(rest % 0x100_0000, 24);
      rest = Math.floor(rest / 0x100_0000);
      left -= 24;
    }
    this.write(rest, left);
  }

  /** Writes that many ones, then a zero. */
  writeUnary(ones: number): void {
    let left = ones;
    while (left >= 24) {
      this.write(0xff_ffff, 24);
      left -= 24;
    }
    this.write((1 << left) - 1, left);
    this.write(0, 1);
  }

  /** Fills the last byte with zeros. */
  flush(): void {
    if (this.#count > 0) this.write(0, 8 - this.#count);
  }
}
