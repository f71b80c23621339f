import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

const SYMMETRIC = 'whsec_';
const PRIVATE = 'whsk_';
const PUBLIC = 'whpk_';

/** Random bytes of a new secret, of both kinds. Standard Webhooks asks for 24 to 64 bytes of a symmetric one. */
export const SECRET_BYTES = 32;
const MIN_SYMMETRIC_BYTES = 24;
const MAX_SYMMETRIC_BYTES = 64;

/** What precedes an Ed25519 key in PKCS #8 and in SPKI (RFC 8410). */
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const SPKI_BYTES_BEFORE_KEY = 12;

/** What signs a message. */
export type SigningKey =
  | { readonly scheme: 'v1'; readonly bytes: Uint8Array }
  | { readonly scheme: 'v1a'; readonly key: KeyObject };

/** A secret that sender and receiver share: `whsec_` and base64. */
export function newSymmetricSecret(random: Uint8Array): string {
  if (random.length < MIN_SYMMETRIC_BYTES) throw new RangeError(`a secret has ${MIN_SYMMETRIC_BYTES} bytes or more`);
  return SYMMETRIC + Buffer.from(random).toString('base64');
}

/** An Ed25519 key that only the sender has: `whsk_` and base64 of 64 bytes, the seed and the public key. */
export function newAsymmetricSecret(random: Uint8Array): string {
  if (random.length !== SECRET_BYTES) throw new RangeError(`the seed of a key has ${SECRET_BYTES} bytes`);
  const publicBytes = publicBytesOf(privateKeyOf(random));
  return PRIVATE + Buffer.concat([random, publicBytes]).toString('base64');
}

/** The public key that a receiver verifies `v1a` with: `whpk_` and base64. `undefined` of a symmetric secret. */
export function publicKeyOf(secret: string): string | undefined {
  const signing = readSecret(secret);
  return signing.scheme === 'v1a' ? PUBLIC + publicBytesOf(signing.key).toString('base64') : undefined;
}

/** Throws if the text is no secret. The message of the error does not show it. */
export function readSecret(secret: string): SigningKey {
  if (secret.startsWith(PRIVATE)) return readPrivate(bytesAfter(PRIVATE, secret));
  if (!secret.startsWith(SYMMETRIC)) throw new Error(`a secret begins with ${SYMMETRIC} or ${PRIVATE}`);
  const bytes = bytesAfter(SYMMETRIC, secret);
  if (bytes.length < MIN_SYMMETRIC_BYTES || bytes.length > MAX_SYMMETRIC_BYTES) {
    throw new Error(`a secret has ${MIN_SYMMETRIC_BYTES} to ${MAX_SYMMETRIC_BYTES} bytes, not ${bytes.length}`);
  }
  return { scheme: 'v1', bytes };
}

function readPrivate(bytes: Buffer): SigningKey {
  if (bytes.length !== 2 * SECRET_BYTES) throw new Error(`a private key has ${2 * SECRET_BYTES} bytes`);
  return { scheme: 'v1a', key: privateKeyOf(bytes.subarray(0, SECRET_BYTES)) };
}

function privateKeyOf(seed: Uint8Array): KeyObject {
  return createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
}

function publicBytesOf(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(SPKI_BYTES_BEFORE_KEY);
}

function bytesAfter(prefix: string, secret: string): Buffer {
  return Buffer.from(secret.slice(prefix.length), 'base64');
}
