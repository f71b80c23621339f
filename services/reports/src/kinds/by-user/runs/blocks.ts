/**
 * Memory for blocks, which is used again by later parts: what is outside the heap is collected late, and each part would
 * add to it.
 */
export class Blocks {
  /** By their length. */
  readonly #free = new Map<number, Buffer[]>();

  /** A block of so many bytes; what is in it is of earlier use. */
  take(bytes: number): Buffer {
    return this.#free.get(bytes)?.pop() ?? Buffer.allocUnsafeSlow(bytes);
  }

  /** Nobody may read or write these blocks any more. */
  give(blocks: Iterable<Buffer>): void {
    for (const block of blocks) {
      const free = this.#free.get(block.length) ?? [];
      free.push(block);
      this.#free.set(block.length, free);
    }
  }
}
