import type { Readable } from 'node:stream';

export interface StoredObject {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

/** The bucket that holds archive and quarantine. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Puts a stream whose name depends on the SHA-256 of all its bytes (64 hex digits), which it returns. */
  putHashed(chunks: Readable, keyOf: (sha256: string) => string): Promise<string>;
  /** Throws when there is no such object. */
  get(key: string): Promise<Readable>;
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Objects that are not there are passed over. */
  remove(keys: readonly string[]): Promise<void>;
}
