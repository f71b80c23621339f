import { createHash } from 'node:crypto';

/** What every key begins with, so that people and secret scanners recognise one. */
const PREFIX = 'weir_';
/** 256 bits in base64url. */
const SECRET_LENGTH = 43;
const SECRET_BYTES = 32;
const CHECKSUM_LENGTH = 6;
const SHAPE = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{${SECRET_LENGTH + CHECKSUM_LENGTH}}$`);
/** 120 bits of the hash name a key: no second one meets them, and they tell nothing of its text. */
const ID_LENGTH = 20;

const ID_SHAPE = new RegExp(`^key_[A-Za-z0-9_-]{${ID_LENGTH}}$`);

/** A key as it is known without its text. */
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

/** Whether a text has a key's form, its checksum included: what was mistyped or cut off is refused without a look-up. */
export function isKeyText(text: string): boolean {
  const body = text.slice(0, -CHECKSUM_LENGTH);
  return SHAPE.test(text) && text.slice(-CHECKSUM_LENGTH) === checksumOf(body);
}

/** What a key's text is kept and found by. */
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
