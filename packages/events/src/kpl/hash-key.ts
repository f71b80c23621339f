import { hash } from 'node:crypto';

/** Kinesis hash keys are integers of 128 bits (API reference: `HashKeyRange`). */
const HASH_KEY_BITS = 128n;

/** A range of hash keys, both ends included. Kinesis writes them in decimal; here they are also compared in hex. */
export interface HashRange {
  readonly start: string;
  readonly end: string;
}

const hexDigits = Number(HASH_KEY_BITS) / 4;

/** The hash key that Kinesis gives a partition key (UTF-8): its MD5, as 32 hex digits that compare as numbers do. */
export function hashPartitionKey(partitionKey: Uint8Array): string {
  return hash('md5', partitionKey, 'hex');
}

/** A decimal hash key as 32 hex digits; undefined if it is not an integer of 128 bits. */
export function hexHashKey(decimal: string): string | undefined {
  if (!/^[0-9]{1,39}$/.test(decimal)) return undefined;
  const key = BigInt(decimal);
  return key >> HASH_KEY_BITS === 0n ? key.toString(16).padStart(hexDigits, '0') : undefined;
}

/** A shard's range in hex. Throws if Kinesis could not have given it. */
export function hexHashRange(range: HashRange): HashRange {
  const start = hexHashKey(range.start);
  const end = hexHashKey(range.end);
  if (start === undefined || end === undefined) {
    throw new RangeError(`not a hash key range: ${range.start} to ${range.end}`);
  }
  return { start, end };
}
