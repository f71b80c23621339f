import { decodeEntryHeader, decodeLogEntry, type EntryHeader, type LogEntry } from '@weir/aggregates';
import type { StoredEntry } from './metrics-store.ts';

/** An entry as every store returns it: its bytes, which are decoded when `entry` is first read. */
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
 * Yields entries in order and removes each from the array. A decoded entry takes several times the memory of its bytes:
 * callers that pass over many entries hold one decoded entry at a time.
 */
export function* oneByOne(entries: StoredEntry[]): Iterable<StoredEntry> {
  entries.reverse();
  for (let entry = entries.pop(); entry; entry = entries.pop()) yield entry;
}
