import type { JobKindName } from './jobs-store.ts';

/** Crockford's base 32, in the order of the characters. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const TIME_DIGITS = 10;
const RANDOM_DIGITS = 16;

/** Bytes of randomness in an id. */
export const JOB_ID_BYTES = 10;

/** An id of a job: the kind, a dash, 10 characters of the time (ms) and 16 of randomness, as in a ULID. */
export function makeJobId(kind: JobKindName, now: number, random: Uint8Array): string {
  if (random.length < JOB_ID_BYTES) throw new RangeError(`an id needs ${JOB_ID_BYTES} bytes of randomness`);
  const bits = random.subarray(0, JOB_ID_BYTES).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  return `${kind}-${digits(BigInt(now), TIME_DIGITS)}${digits(bits, RANDOM_DIGITS)}`;
}

function digits(value: bigint, length: number): string {
  return Array.from({ length }, (_, at) => DIGITS[Number((value >> BigInt(5 * (length - 1 - at))) & 31n)]).join('');
}
