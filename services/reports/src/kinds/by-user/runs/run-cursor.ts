import type { RecordFormat, RecordPlace } from './record-format.ts';
import type { Run } from './run.ts';

const NOTHING = Buffer.alloc(0);

/** Goes through the records of a run, a block at a time. */
export class RunCursor implements RecordPlace {
  bytes: Buffer = NOTHING;
  at = 0;
  /** Bytes of the record at which the cursor is; 0 at the end of the run. */
  size = 0;
  /** The place of the run among those that are merged. */
  readonly order: number;
  /** Memory for a block of the run. */
  readonly block: Buffer;
  readonly #run: Run;
  readonly #format: RecordFormat;
  /** Where the block begins in the run. */
  #start = 0;

  constructor(run: Run, format: RecordFormat, { order, block }: Pick<RunCursor, 'order' | 'block'>) {
    this.#run = run;
    this.#format = format;
    this.order = order;
    this.block = block;
  }

  /** Goes past `size` bytes. False if the next record is not in memory: `load` it. */
  skip(size: number): boolean {
    this.at += size;
    const next = this.at < this.bytes.length ? this.#format.sizeAt(this.bytes, this.at) : undefined;
    this.size = next ?? 0;
    return next !== undefined && this.at + next <= this.bytes.length;
  }

  /** Reads the block that begins with the next record. */
  async load(): Promise<void> {
    const from = this.#start + this.at;
    this.#start = from;
    this.at = 0;
    this.size = 0;
    this.bytes = NOTHING;
    if (from === this.#run.bytes) return;
    const bytes = this.block.subarray(0, Math.min(this.#run.blockBytes, this.#run.bytes - from));
    await this.#run.read(from, bytes);
    this.bytes = bytes;
    if (!this.skip(0)) throw new Error(`a run of ${this.#run.bytes} bytes ends inside a record`);
  }
}
