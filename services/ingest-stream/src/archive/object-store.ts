import type { Readable } from 'node:stream';

export interface StoredObject {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
}

/** The bucket that holds archive and quarantine. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>;
  putFile(key: string, path: string): Promise<void>;
  /** Throws when there is no such object. */
  get(key: string): Promise<Readable>;
  list(prefix: string): AsyncIterable<StoredObject>;
  /** Objects that are not there are passed over. */
  remove(keys: readonly string[]): Promise<void>;
}
