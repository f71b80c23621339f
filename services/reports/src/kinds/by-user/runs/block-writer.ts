/** Records are passed on in blocks of so many bytes. */
const BLOCK_BYTES = 256 * 1024;

/** Gathers records into blocks. */
export class BlockWriter {
  #block = Buffer.allocUnsafe(BLOCK_BYTES);
  #used = 0;

  /** Adds a record. Returns a block of earlier ones when it is full. */
  add(bytes: Buffer, at: number, size: number): Buffer | undefined {
    const full = this.#used + size > BLOCK_BYTES ? this.finish() : undefined;
    if (full) this.#block = Buffer.allocUnsafe(BLOCK_BYTES);
    bytes.copy(this.#block, this.#used, at, at + size);
    this.#used += size;
    return full;
  }

  /** What is left, perhaps nothing. */
  finish(): Buffer {
    const block = this.#block.subarray(0, this.#used);
    this.#used = 0;
    return block;
  }
}
