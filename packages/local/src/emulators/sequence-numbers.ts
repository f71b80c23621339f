import { createHash } from 'node:crypto';
import kinesalite from 'kinesalite/db/index.js';

/**
 * A sequence number of version 2, in hexadecimal digits: `2`, 9 of the shard's seconds, one of the shard, 16 of the
 * index, 2 unknown ones, 9 of the record's seconds, 8 of the shard, `2`.
 */
const VERSION_2 = /^2([0-9a-f]{9})[0-9a-f]([0-7][0-9a-f]{15})([0-9a-f]{2})([0-9a-f]{9})([0-7][0-9a-f]{7})2$/;
const DECIMAL = /^\d+$/;
/** Kinesalite refuses the seconds of a shard from here on. */
const TOO_LATE_SECONDS = 16_025_175_000;

/** The parts of a sequence number. Times are epoch milliseconds. */
export interface Sequence {
  readonly shardCreateTime: number;
  readonly shardIx?: number;
  readonly seqIx?: number | string;
  readonly byte1?: string;
  readonly seqTime?: number;
  readonly seqRand?: string;
  readonly version?: number;
}

/** A number of 128 bits. */
export interface HashKey {
  comparedTo(decimal: string): number | null;
  toFixed(): string;
}

/** What kinesalite computes for each record. Sequence numbers are in decimal digits. */
export interface SequenceNumbers {
  parseSequence(text: string): Sequence;
  stringifySequence(sequence: Sequence): string;
  partitionKeyToHashKey(partitionKey: string): HashKey;
}

/** As kinesalite does it: digit by digit, which takes half of its time for a record. */
export const KINESALITES_OWN: SequenceNumbers = { ...(kinesalite as SequenceNumbers) };

// Kinesalite's class of numbers is in no other export.
const KinesaliteNumber = KINESALITES_OWN.partitionKeyToHashKey('').constructor as new (decimal: string) => HashKey;

/** The same by BigInt. What is not of version 2 is left to kinesalite, and so are its errors. */
export const BY_BIG_INT: SequenceNumbers = {
  parseSequence: (text) => parse(text) ?? KINESALITES_OWN.parseSequence(text),
  stringifySequence: (sequence) =>
    (sequence.version ?? 2) === 2 ? decimalOf(hexOf(sequence)) : KINESALITES_OWN.stringifySequence(sequence),
  partitionKeyToHashKey: (key) => new KinesaliteNumber(decimalOf(createHash('md5').update(key, 'utf8').digest('hex'))),
};

/** Makes the kinesalite of this process compute by BigInt. */
export function quickenKinesalite(): void {
  Object.assign(kinesalite, BY_BIG_INT);
}

function parse(text: string): Sequence | undefined {
  if (!DECIMAL.test(text)) return undefined;
  const [, shardSeconds = '', index = '', byte1 = '', seconds = '', shard = ''] =
    VERSION_2.exec(BigInt(text).toString(16)) ?? [];
  if (shardSeconds === '' || Number.parseInt(shardSeconds, 16) >= TOO_LATE_SECONDS) return undefined;
  return {
    shardCreateTime: Number.parseInt(shardSeconds, 16) * 1000,
    seqIx: decimalOf(index),
    byte1,
    seqTime: Number.parseInt(seconds, 16) * 1000,
    shardIx: Number.parseInt(shard, 16),
    version: 2,
  };
}

function hexOf({ shardCreateTime, shardIx = 0, seqIx = 0, byte1 = '00', seqTime }: Sequence): string {
  return [
    '2',
    digits(Math.floor(shardCreateTime / 1000), 9),
    shardIx.toString(16).slice(-1),
    digits(BigInt(seqIx), 16),
    byte1,
    digits(Math.floor((seqTime || shardCreateTime) / 1000), 9),
    digits(shardIx, 8),
    '2',
  ].join('');
}

function digits(value: number | bigint, count: number): string {
  return value.toString(16).padStart(count, '0').slice(-count);
}

function decimalOf(hex: string): string {
  return BigInt(`0x${hex}`).toString();
}
