import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { MissingObject, type ObjectStore, type StoredObject, type TaggedBytes } from './object-store.ts';

/** An S3 bucket in memory; `turn` is awaited before each call. */
export class MemoryObjectStore implements ObjectStore {
  readonly objects: Map<string, { bytes: Uint8Array; lastModified: number }>;
  readonly #now: () => number;
  readonly #turn: () => Promise<void>;

  constructor(now: () => number, turn = async () => {}, objects: MemoryObjectStore['objects'] = new Map()) {
    this.#now = now;
    this.#turn = turn;
    this.objects = objects;
  }

  async put(key: string, bytes: Uint8Array): Promise<void> {
    await this.#turn();
    this.objects.set(key, { bytes, lastModified: this.#now() });
  }

  async create(key: string, bytes: Uint8Array): Promise<boolean> {
    await this.#turn();
    if (this.objects.has(key)) return false;
    this.objects.set(key, { bytes, lastModified: this.#now() });
    return true;
  }

  async putStream(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void> {
    await this.put(key, await buffer(Readable.from(chunks)));
  }

  async putHashed(chunks: AsyncIterable<Uint8Array>, keyOf: (sha256: string) => string): Promise<string> {
    const copies: Uint8Array[] = [];
    for await (const chunk of chunks) copies.push(Buffer.from(chunk));
    const bytes = Buffer.concat(copies);
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    await this.put(keyOf(sha256), bytes);
    return sha256;
  }

  async get(key: string): Promise<Readable> {
    await this.#turn();
    const found = this.objects.get(key);
    if (!found) throw new MissingObject(key);
    return Readable.from([found.bytes]);
  }

  async getRange(key: string, from: number, into: Uint8Array): Promise<void> {
    await this.#turn();
    const found = this.objects.get(key);
    if (!found) throw new MissingObject(key);
    const bytes = found.bytes.subarray(from, from + into.length);
    if (bytes.length < into.length) throw new RangeError(`${key} ends before byte ${from + into.length - 1}`);
    into.set(bytes);
  }

  async find(key: string): Promise<TaggedBytes | undefined> {
    await this.#turn();
    const found = this.objects.get(key);
    return found && { bytes: found.bytes, tag: tagOf(found.bytes) };
  }

  async replace(key: string, bytes: Uint8Array, tag: string): Promise<boolean> {
    await this.#turn();
    const found = this.objects.get(key);
    if (!found || tagOf(found.bytes) !== tag) return false;
    this.objects.set(key, { bytes, lastModified: this.#now() });
    return true;
  }

  async *list(prefix: string, after = ''): AsyncIterable<StoredObject> {
    await this.#turn();
    const found = [...this.objects].filter(([key]) => key.startsWith(prefix) && key > after);
    for (const [key, { lastModified, bytes }] of found.sort(([a], [b]) => (a < b ? -1 : 1))) {
      yield { key, lastModified, size: bytes.length };
    }
  }

  async remove(keys: readonly string[]): Promise<void> {
    for (const key of keys) {
      await this.#turn();
      this.objects.delete(key);
    }
  }
}

function tagOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
