import type { Readable } from 'node:stream';

export interface StoredObject {
  readonly key: string;
  /** Epoch milliseconds. */
  readonly lastModified: number;
  /** Bytes. */
  readonly size: number;
}

/** An object's bytes, and the version of the object that they are. */
export interface TaggedBytes {
  readonly bytes: Uint8Array;
  readonly tag: string;
}

/** The object was removed, or never existed. */
export class MissingObject extends Error {
  constructor(key: string) {
    super(`no object ${key}`);
  }
}

/** An S3 bucket: that of archive and quarantine, or that of reports. */
export interface ObjectStore {
  put(key: string, bytes: Uint8Array): Promise<void>;
  /** Puts an object that does not exist yet; false if it does. */
  create(key: string, bytes: Uint8Array): Promise<boolean>;
  /** Puts a stream of any length, in pieces; nothing is there before its end, or if it fails. */
  putStream(key: string, chunks: AsyncIterable<Uint8Array>): Promise<void>;
  /**
   * Puts a stream whose name depends on the SHA-256 of all its bytes; returns the SHA-256 (64 hex digits). A chunk is used
   * up before the next one is asked for: they may all be the same memory.
   */
  putHashed(chunks: AsyncIterable<Uint8Array>, keyOf: (sha256: string) => string): Promise<string>;
  /** Throws `MissingObject` when there is no such object. */
  get(key: string): Promise<Readable>;
  /**
   * Fills `into` with the bytes from `from` on. They must exist. Throws `MissingObject` when there is no such object. If it
   * fails, `into` may still be written to afterwards.
   */
  getRange(key: string, from: number, into: Uint8Array): Promise<void>;
  /** A small object as a whole; undefined if there is none. */
  find(key: string): Promise<TaggedBytes | undefined>;
  /** Replaces the version of an object that `tag` names; false if that version is not there any more. */
  replace(key: string, bytes: Uint8Array, tag: string): Promise<boolean>;
  /** In order of their names, those past `after`. */
  list(prefix: string, after?: string): AsyncIterable<StoredObject>;
  /** Objects that do not exist are skipped. */
  remove(keys: readonly string[]): Promise<void>;
}
