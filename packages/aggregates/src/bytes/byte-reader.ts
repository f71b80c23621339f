import { CorruptBytesError, TruncatedBytesError } from './codec-errors.ts';
import { floatOf } from './float-words.ts';

// Bytes that look like a byte order mark belong to the text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Integers below 2^53, seven bits a byte. */
const MAX_VARINT_BYTES = 8;

/** Reads what ByteWriter wrote. Keep `offset` to continue later from the same bytes. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  offset: number;

  constructor(bytes: Uint8Array, offset = 0) {
    this.#bytes = bytes;
    this.offset = offset;
  }

  get source(): Uint8Array {
    return this.#bytes;
  }

  byte(): number {
    const value = this.#bytes[this.offset++];
    if (value === undefined) throw new TruncatedBytesError();
    return value;
  }

  varint(): number {
    let value = 0;
    let scale = 1;
    for (let length = 1; length <= MAX_VARINT_BYTES; length++) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return length < MAX_VARINT_BYTES ? value : safe(value);
      scale *= 128;
    }
    throw new CorruptBytesError('an integer of more than eight bytes');
  }

  /**
   * How many things follow, each of at least `bytesEach` bytes. A number that the remaining bytes cannot hold is
   * refused: it cannot make a reader allocate memory for it.
   */
  count(bytesEach: number): number {
    const count = this.varint();
    if (count * bytesEach > this.#bytes.length - this.offset) throw new TruncatedBytesError();
    return count;
  }

  zigzag(): number {
    const value = this.varint();
    // Not `>>` or `&`: the value may have more than 32 bits.
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  float64(): number {
    const low = this.uint32();
    return floatOf(this.uint32(), low);
  }

  uint32(): number {
    const low = this.byte() | (this.byte() << 8);
    return (low | (this.byte() << 16) | (this.byte() << 24)) >>> 0;
  }

  /** A view, not a copy. */
  bytes(count: number): Uint8Array {
    const start = this.offset;
    this.skip(count);
    return this.#bytes.subarray(start, this.offset);
  }

  skip(count: number): void {
    const end = this.offset + count;
    if (end > this.#bytes.length) throw new TruncatedBytesError();
    this.offset = end;
  }

  text(): string {
    const length = this.varint();
    if (length >= 32) return decoder.decode(this.bytes(length));
    return this.#shortText(length);
  }

  /** Names are nearly always short ASCII, for which a TextDecoder costs more than the text. */
  #shortText(length: number): string {
    const bytes = this.bytes(length);
    let text = '';
    for (let i = 0; i < length; i++) {
      const byte = bytes[i] as number;
      if (byte >= 128) return decoder.decode(bytes);
      text += String.fromCharCode(byte);
    }
    return text;
  }
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new CorruptBytesError('an integer past 2^53');
  return value;
}
