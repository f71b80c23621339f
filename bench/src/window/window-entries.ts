import { encodeLogEntry } from '@weir/aggregates';

/** A window as a log holds it: an entry a second. */
export interface WindowEntriesOptions {
  readonly ids: number;
  readonly seconds: number;
  /** Epoch seconds of the first arrival. */
  readonly start: number;
}

/** Encoded entries that hold the ids' hashes and nothing else. */
export function createWindowEntries({ ids, seconds, start }: WindowEntriesOptions): Uint8Array[] {
  const size = Math.ceil(ids / seconds);
  return Array.from({ length: seconds }, (_, second) => {
    const arrival = start + second;
    const hashes = crypto.getRandomValues(new Uint32Array(2 * size));
    return encodeLogEntry({
      from: undefined,
      to: { sequenceNumber: String(arrival).padStart(56, '0'), index: 0 },
      firstArrival: arrival * 1000,
      lastArrival: arrival * 1000,
      appendedAt: arrival * 1000,
      outcomes: { counted: size, duplicate: 0, other: 0, refused: 0 },
      archive: undefined,
      quarantine: undefined,
      delta: new Map(),
      ids: { size, hashes, arrivals: new Uint32Array(size).fill(arrival) },
    });
  });
}
