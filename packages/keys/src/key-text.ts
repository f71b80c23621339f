import { createHash } from 'node:crypto';

/** The prefix of every key, by which people and secret scanners recognise one. */
const PREFIX = 'weir_';
/** 256 bits in base64url. */
const SECRET_LENGTH = 43;
const SECRET_BYTES = 32;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);
/** A key's id is 120 bits of its hash: no two keys have the same id, and the id does not show the key's text. */
const ID_LENGTH = 20;

const ID_SHAPE = new RegExp(`^key_[A-Za-z0-9_-]{${ID_LENGTH}}$`);

/** What is stored of a key's text. */
export interface KeyIdentity {
  readonly id: string;
  /** SHA-256 of the text, base64url. */
  readonly hash: string;
}

/** Makes a key's text from `random`, 32 random bytes. */
export function createKeyText(random: Uint8Array): string {
  if (random.length !== SECRET_BYTES) throw new RangeError(`a key is made of ${SECRET_BYTES} bytes`);
  const body = PREFIX + Buffer.from(random).toString('base64url');
  return body + checksumOf(body);
}

/** Whether a text has the form of a key, with its checksum. So a mistyped or cut key is refused without a read. */
export function isKeyText(text: string): boolean {
  const body = text.slice(0, -CHECKSUM_LENGTH);
  return SHAPE.test(text) && text.slice(-CHECKSUM_LENGTH) === checksumOf(body);
}

/** The id and the hash by which a key is stored and found. */
export function identifyKeyText(text: string): KeyIdentity {
  const hash = digest(text);
  return { id: `key_${hash.slice(0, ID_LENGTH)}`, hash };
}

/** Whether a text can be the id of a key. */
export function isKeyId(text: string): boolean {
  return ID_SHAPE.test(text);
}

function checksumOf(body: string): string {
  return digest(body).slice(0, CHECKSUM_LENGTH);
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
