import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '../object-store.ts';
import { wholeLines } from '../whole-lines.ts';
import { decompress, decompressed } from '../zstd.ts';
import { DamagedArchiveObject } from './archive-faults.ts';
import type { ArchiveLine } from './archive-line.ts';
import { decodeLines } from './decode-lines.ts';

/** Small objects that are fetched ahead: an hour may have thousands, and each takes a round trip. */
const OBJECTS_AHEAD = 8;

/** Opens objects in a given order. A single one is a stream; of several small ones, the next are fetched meanwhile. */
export class ObjectsAhead {
  readonly #objects: Pick<ObjectStore, 'get'>;
  readonly #keys: readonly string[];
  readonly #fetching = new Map<string, Promise<Buffer>>();
  /** The keys before this one are fetched, or are not needed any more. */
  #next = 0;

  constructor(objects: Pick<ObjectStore, 'get'>, keys: readonly string[]) {
    this.#objects = objects;
    this.#keys = keys;
  }

  /** The lines of an object in blocks. Throws `MissingObject` if it does not exist. */
  async open(key: string): Promise<AsyncIterable<ArchiveLine[]>> {
    if (this.#keys.length > 1) this.#fetchAhead(this.#keys.indexOf(key));
    const fetching = this.#fetching.get(key);
    if (!fetching) return linesOf(key, decompressed(await this.#objects.get(key)));
    this.#fetching.delete(key);
    return linesOf(key, [decompressedAtOnce(key, await fetching)]);
  }

  /** Keys before `at` are not needed any more; a key that was not given (-1) changes nothing. */
  #fetchAhead(at: number): void {
    if (at < 0) return;
    this.#next = Math.max(this.#next, at);
    for (const key of this.#keys.slice(this.#next, at + OBJECTS_AHEAD)) this.#fetch(key);
    this.#next = Math.max(this.#next, Math.min(at + OBJECTS_AHEAD, this.#keys.length));
  }

  #fetch(key: string): void {
    const bytes = this.#objects.get(key).then(buffer);
    // The caller that awaits it gets the error. Without this handler, Node would report it as unhandled before that.
    bytes.catch(() => undefined);
    this.#fetching.set(key, bytes);
  }
}

function decompressedAtOnce(key: string, bytes: Uint8Array): Buffer {
  try {
    return Buffer.from(decompress(bytes));
  } catch (error) {
    throw new DamagedArchiveObject(key, undefined, error);
  }
}

async function* linesOf(key: string, chunks: AsyncIterable<Buffer> | Iterable<Buffer>): AsyncGenerator<ArchiveLine[]> {
  let linesBefore = 0;
  try {
    for await (const block of wholeLines(chunks)) {
      const lines = decodeLines(block, { key, linesBefore });
      linesBefore += lines.length;
      yield lines;
    }
  } catch (error) {
    throw isOfZstd(error) ? new DamagedArchiveObject(key, undefined, error) : error;
  }
}

/** Whether decompression failed, and not the network. */
function isOfZstd(error: unknown): boolean {
  return error instanceof Error && 'code' in error && /^Z(STD)?_/.test(String(error.code));
}
