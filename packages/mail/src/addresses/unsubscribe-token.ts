import { timingSafeEqual } from 'node:crypto';

/** Random bytes of a secret: nobody guesses the link of another address. */
export const UNSUBSCRIBE_SECRET_BYTES = 16;

const SHAPE = /^([A-Za-z0-9_-]{1,64})\.([A-Za-z0-9_-]{22})$/;

/** What a link to unsubscribe holds: no address, so that none is in logs. */
export interface UnsubscribeToken {
  readonly addressId: string;
  readonly secret: string;
}

/** The token of an address. It ends all mails to the address, and does nothing else. It never expires. */
export function unsubscribeToken({ addressId, secret }: UnsubscribeToken): string {
  return `${addressId}.${secret}`;
}

/** A secret of a new address: 22 characters. */
export function makeUnsubscribeSecret(random: Uint8Array): string {
  if (random.length !== UNSUBSCRIBE_SECRET_BYTES) {
    throw new RangeError(`a secret has ${UNSUBSCRIBE_SECRET_BYTES} bytes`);
  }
  return Buffer.from(random).toString('base64url');
}

/** Undefined if the text has not the form of a token. */
export function readUnsubscribeToken(text: string): UnsubscribeToken | undefined {
  const [, addressId, secret] = SHAPE.exec(text) ?? [];
  return addressId === undefined || secret === undefined ? undefined : { addressId, secret };
}

/** Whether the token's secret is this one; an address that was erased has none. Its time tells nothing. */
export function isSecretOf({ secret }: Pick<UnsubscribeToken, 'secret'>, stored: string | undefined): boolean {
  const [given, expected] = [Buffer.from(secret), Buffer.from(stored ?? '')];
  return given.length === expected.length && timingSafeEqual(given, expected);
}
