import { createHash } from 'node:crypto';

const PREFIX = 'ad_';
const LENGTH = 20;
const SHAPE = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{${LENGTH}}$`);

/** The id of an address: the same however its letters are written, as servers for mail do not tell them apart. */
export function addressIdOf(address: string): string {
  return PREFIX + createHash('sha256').update(address.trim().toLowerCase()).digest('base64url').slice(0, LENGTH);
}

/** An id of another form belongs to no address. */
export function isAddressId(text: string): boolean {
  return SHAPE.test(text);
}
