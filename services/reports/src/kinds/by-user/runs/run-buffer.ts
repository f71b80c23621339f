import { BlockWriter } from './block-writer.ts';
import { highWordAt, type RecordFormat } from './record-format.ts';

/** Memory for the records of one run. */
export const RUN_BYTES = 12 * 1024 * 1024;
/** A word of 32 bits and the number of a record make one double: of its 53 bits, 21 are left for the number. */
const MAX_RECORDS = 2 ** 21;

/** Records that wait to be sorted. The memory is the same for each run. */
export class RunBuffer {
  readonly bytes: Buffer;
  readonly #format: RecordFormat;
  readonly #starts: Uint32Array;
  readonly #keys: Float64Array;
  readonly #writer = new BlockWriter();
  #count = 0;
  #used = 0;

  constructor(format: RecordFormat, runBytes = RUN_BYTES) {
    const records = Math.min(MAX_RECORDS, Math.ceil(runBytes / format.minBytes));
    this.#format = format;
    this.bytes = Buffer.alloc(runBytes);
    this.#starts = new Uint32Array(records);
    this.#keys = new Float64Array(records);
  }

  get isEmpty(): boolean {
    return this.#count === 0;
  }

  /** Where the next record of `size` bytes is to be written; undefined if there is no room for it. */
  claim(size: number): number | undefined {
    const at = this.#used;
    if (at + size > this.bytes.length || this.#count === this.#starts.length) return undefined;
    this.#starts[this.#count++] = at;
    this.#used += size;
    return at;
  }

  /** The records in order, in blocks, each good until the next; the buffer is empty after them. */
  *takeSorted(): Generator<Buffer> {
    const order = this.#sort();
    const writer = this.#writer;
    for (const key of order) {
      const at = this.#starts[key % MAX_RECORDS] as number;
      const size = this.#format.sizeAt(this.bytes, at) as number;
      if (!writer.hasRoom(size)) yield writer.take();
      writer.add(this.bytes, at, size);
    }
    this.#count = 0;
    this.#used = 0;
    yield writer.take();
  }

  /**
   * Sorts by the first word as doubles, natively, and then what has the same first word: few records, or those of one
   * user, which are nearly in order already.
   */
  #sort(): Float64Array {
    const keys = this.#keys.subarray(0, this.#count);
    for (let i = 0; i < keys.length; i++) keys[i] = highWordAt(this.bytes, this.#starts[i] as number) * MAX_RECORDS + i;
    keys.sort();
    for (let from = 0, to = 0; from < keys.length; from = to) {
      const word = Math.floor((keys[from] as number) / MAX_RECORDS);
      while (to < keys.length && Math.floor((keys[to] as number) / MAX_RECORDS) === word) to++;
      if (to - from > 1) this.#sortEqual(keys.subarray(from, to));
    }
    return keys;
  }

  #sortEqual(keys: Float64Array): void {
    const a = { bytes: this.bytes, at: 0 };
    const b = { bytes: this.bytes, at: 0 };
    const compare = (keyA: number, keyB: number) => {
      a.at = this.#starts[keyA % MAX_RECORDS] as number;
      b.at = this.#starts[keyB % MAX_RECORDS] as number;
      return this.#format.compare(a, b) || keyA - keyB;
    };
    // A sort takes memory of its own, and most of these groups need none.
    for (let i = 1; i < keys.length; i++) {
      if (compare(keys[i - 1] as number, keys[i] as number) > 0) return void keys.sort(compare);
    }
  }
}
