/** UTF-8 needs at most three bytes for a UTF-16 code unit. */
const MAX_BYTES_A_UNIT = 3;
const FIRST_CAPACITY = 1024 * 1024;

/** Text as UTF-8 bytes, in memory that is used again: to allocate fresh memory takes longer than to write into it. */
export class LineBuffer {
  #bytes: Buffer;
  #length = 0;

  constructor(capacity = FIRST_CAPACITY) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  text(value: string): void {
    this.#reserve(value.length * MAX_BYTES_A_UNIT);
    this.#length += this.#bytes.write(value, this.#length);
  }

  /** Bytes from `start` to before `end`. */
  range(bytes: Buffer, start: number, end: number): void {
    this.#reserve(end - start);
    this.#length += bytes.copy(this.#bytes, this.#length, start, end);
  }

  bytes(value: Uint8Array): void {
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  /** Empties the buffer and keeps its memory. */
  clear(): void {
    this.#length = 0;
  }

  /** The written bytes; valid until the next write or `clear`. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.view());
    this.#bytes = grown;
  }
}
