import { createHash } from 'node:crypto';

/** Crockford's base 32. */
const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
/** Bytes of randomness in an id. */
export const ALERT_ID_BYTES = 10;

/** The form of the ids that Weir makes. An id of another form belongs to no rule. */
const ALERT_ID = /^[0-9a-z]{16}$/;

/** An id of a rule: 16 characters, made of the first ten bytes. */
export function nameAlert(bytes: Uint8Array): string {
  const bits = bytes.subarray(0, ALERT_ID_BYTES).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
  const length = (ALERT_ID_BYTES * 8) / 5;
  return Array.from({ length }, (_, at) => DIGITS[Number((bits >> BigInt(5 * (length - 1 - at))) & 31n)]).join('');
}

/**
 * The bytes for an id under an `Idempotency-Key`: each request names the same rule, as a process may write it and die
 * before it answers.
 */
export function bytesOfRequest(keyId: string, idempotencyKey: string): Uint8Array {
  return createHash('sha256')
    .update(JSON.stringify([keyId, idempotencyKey]))
    .digest();
}

export function isAlertId(id: string): boolean {
  return ALERT_ID.test(id);
}
