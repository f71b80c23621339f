import { decodeEntryHeader, decodeLogEntry, type EntryHeader, type LogEntry } from '@weir/aggregates';
import type { StoredEntry } from './metrics-store.ts';

/** An entry as every store hands it out: its bytes, decoded when they are first looked at. */
export class EntryBytes implements StoredEntry {
  readonly number: number;
  readonly #body: Uint8Array;
  #entry: LogEntry | undefined;

  constructor(number: number, body: Uint8Array) {
    this.number = number;
    this.#body = body;
  }

  get bytes(): number {
    return this.#body.length;
  }

  get header(): EntryHeader {
    return this.#entry ?? decodeEntryHeader(this.#body);
  }

  get entry(): LogEntry {
    this.#entry ??= decodeLogEntry(this.#body);
    return this.#entry;
  }
}

/**
 * Hands out entries in order, and takes each out of the array: a decoded entry takes several times the memory of its
 * bytes, and is free again before the next one is decoded.
 */
export function* oneByOne(entries: StoredEntry[]): Iterable<StoredEntry> {
  entries.reverse();
  for (let entry = entries.pop(); entry; entry = entries.pop()) yield entry;
}
