import { createHash } from 'node:crypto';

const PREFIX = 'wh_';
const LENGTH = 20;

/** The form of the ids that Weir makes. An id of another form belongs to no endpoint. */
const SHAPE = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{${LENGTH}}$`);

/** The source of an id: random bytes, or a request that may be sent again. */
export type IdSource = Uint8Array | { readonly keyId: string; readonly idempotencyKey: string };

/**
 * An id of an endpoint. Under an `Idempotency-Key` each request names the same endpoint: a process may write it and die
 * before it answers.
 */
export function endpointIdOf(source: IdSource): string {
  const bytes = source instanceof Uint8Array ? source : JSON.stringify([source.keyId, source.idempotencyKey]);
  return PREFIX + createHash('sha256').update(bytes).digest('base64url').slice(0, LENGTH);
}

export function isEndpointId(text: string): boolean {
  return SHAPE.test(text);
}
