import { createHash } from 'node:crypto';

const PREFIX = 'wh_';
const LENGTH = 20;

/** The form of the ids that Weir makes. An id of another form belongs to no endpoint. */
const SHAPE = new RegExp(`^${PREFIX}[A-Za-z0-9_-]{${LENGTH}}$`);

/** The source of an id: random bytes, or a request that may be sent again. */
export type IdSource = Uint8Array | RequestSource;

export interface RequestSource {
  readonly keyId: string;
  readonly idempotencyKey: string;
  /** How many ids of the same two were taken before: by an older request, or by an endpoint that was removed. */
  readonly taken: number;
}

/**
 * An id of an endpoint. Under an `Idempotency-Key` each request names the same endpoint: a process may write it and die
 * before it answers.
 */
export function endpointIdOf(source: IdSource): string {
  const bytes = source instanceof Uint8Array ? source : textOf(source);
  return PREFIX + createHash('sha256').update(bytes).digest('base64url').slice(0, LENGTH);
}

function textOf({ keyId, idempotencyKey, taken }: RequestSource): string {
  return JSON.stringify([keyId, idempotencyKey, ...(taken > 0 ? [taken] : [])]);
}

export function isEndpointId(text: string): boolean {
  return SHAPE.test(text);
}
