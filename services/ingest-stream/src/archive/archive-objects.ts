import { createHash } from 'node:crypto';
import { LineBuffer } from './line-buffer.ts';
import { compress } from './zstd.ts';

const HOUR_MS = 3_600_000;
/** Hex digits of SHA-256 in an object's name: 16 bytes. */
const DIGEST_DIGITS = 32;
const NUMBER_DIGITS = 10;

export type ArchiveArea = 'events' | 'quarantine';

/** Lines packed into the bytes of one object. */
export interface PackedLines {
  readonly bytes: Uint8Array;
  readonly digest: string;
}

// One buffer for the process: `packLines` is synchronous and never enters itself. A batch bounds how far it grows.
const lines = new LineBuffer();

/** Packs the whole lines that `write` writes under zstd. */
export function packLines(write: (out: LineBuffer) => void): PackedLines {
  lines.clear();
  write(lines);
  const bytes = compress(lines.view());
  return { bytes, digest: digestOf(createHash('sha256').update(bytes).digest('hex')) };
}

/** The part of a SHA-256 (hex) that stands in a name. */
export function digestOf(sha256: string): string {
  return sha256.slice(0, DIGEST_DIGITS);
}

/** Which object: the lines of entry `number` of a log that arrived in one hour. */
export interface ObjectName {
  readonly area: ArchiveArea;
  readonly logId: string;
  readonly number: number;
  /** Any arrival in it, epoch milliseconds. */
  readonly arrival: number;
  readonly digest: string;
}

/** `events/dt=…/hour=…/<log>-<entry>-<digest>.ndjson.zst`: names sort as entries do, and end in the hash of the bytes. */
export function objectKey({ area, logId, number, arrival, digest }: ObjectName): string {
  const padded = String(number).padStart(NUMBER_DIGITS, '0');
  return `${hourPrefix(area, Math.floor(arrival / HOUR_MS))}${logId}-${padded}-${digest}.ndjson.zst`;
}

/** The folder of one hour of arrival, counted since the epoch. */
export function hourPrefix(area: ArchiveArea, hour: number): string {
  const iso = new Date(hour * HOUR_MS).toISOString();
  return `${area}/dt=${iso.slice(0, 10)}/hour=${iso.slice(11, 13)}/`;
}
