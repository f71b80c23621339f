import type { ArchiveRun } from '@weir/dynamodb';

const HOUR_MS = 3_600_000;
/** Hex digits of SHA-256 in an object's name: 16 bytes. */
const DIGEST_DIGITS = 32;
const NUMBER_DIGITS = 10;

export type ArchiveArea = 'events' | 'quarantine';

/** The part of a SHA-256 (hex) that stands in a name. */
export function digestOf(sha256: string): string {
  return sha256.slice(0, DIGEST_DIGITS);
}

/** Names an object: the lines of entry `number` of a log that arrived in one hour. */
export interface ObjectName {
  readonly area: ArchiveArea;
  readonly logId: string;
  readonly number: number;
  /** Any arrival in that hour, epoch milliseconds. */
  readonly arrival: number;
  readonly digest: string;
}

/**
 * `events/dt=…/hour=…/<log>-<entry>-<digest>.ndjson.zst`: names sort like entries, and end in the hash of the bytes.
 */
export function objectKey({ area, logId, number, arrival, digest }: ObjectName): string {
  const padded = String(number).padStart(NUMBER_DIGITS, '0');
  return `${hourPrefix(area, Math.floor(arrival / HOUR_MS))}${logId}-${padded}-${digest}.ndjson.zst`;
}

/** The folder of one hour of arrival, counted since the epoch. */
export function hourPrefix(area: ArchiveArea, hour: number): string {
  const iso = new Date(hour * HOUR_MS).toISOString();
  return `${area}/dt=${iso.slice(0, 10)}/hour=${iso.slice(11, 13)}/`;
}

/** What an object's name says. */
export interface ParsedKey {
  readonly logId: string;
  readonly number: number;
  /** Hours since the epoch, by arrival. */
  readonly hour: number;
}

const KEY = /^[a-z]+\/dt=(\d{4}-\d\d-\d\d)\/hour=(\d\d)\/(.+)-(\d{10})-[0-9a-f]{32}\.ndjson\.zst$/;

/** Reads what `objectKey` wrote; undefined for any other name. */
export function parseObjectKey(key: string): ParsedKey | undefined {
  const [, day, hour, logId, number] = KEY.exec(key) ?? [];
  if (day === undefined || logId === undefined) return undefined;
  return { logId, number: Number(number), hour: Date.parse(`${day}T${hour}:00:00Z`) / HOUR_MS };
}

/** The object of a run; undefined if the run has no line. */
export function runObjectKey({ logId, from, hour, digest }: ArchiveRun): string | undefined {
  if (digest === '') return undefined;
  return objectKey({ area: 'events', logId, number: from, arrival: hour * HOUR_MS, digest });
}
