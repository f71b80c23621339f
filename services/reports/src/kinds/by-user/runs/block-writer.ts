/** Records are passed on in blocks of so many bytes. */
export const WRITTEN_BYTES = 256 * 1024;

/** Gathers records into blocks. All blocks are the same memory: one is good until the next record is added. */
export class BlockWriter {
  readonly block: Buffer;
  #used = 0;

  constructor(block: Buffer = Buffer.allocUnsafeSlow(WRITTEN_BYTES)) {
    this.block = block;
  }

  /** If there is no room for a record, take the block first. */
  hasRoom(size: number): boolean {
    return this.#used + size <= this.block.length;
  }

  add(bytes: Buffer, at: number, size: number): void {
    bytes.copy(this.block, this.#used, at, at + size);
    this.#used += size;
  }

  /** The records since the last block, perhaps none. */
  take(): Buffer {
    const block = this.block.subarray(0, this.#used);
    this.#used = 0;
    return block;
  }
}
