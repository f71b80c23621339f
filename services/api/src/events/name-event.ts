import { createHash } from 'node:crypto';

/** The values from which the id of an event without one derives. */
export interface IdSource {
  readonly keyId: string;
  readonly idempotencyKey: string;
  /** The event's index in the request. Refused events count too. */
  readonly index: number;
}

/**
 * The id of an event without one, in a request with an `Idempotency-Key`. A repeated request gives its events the same
 * ids; a request of another key never does. 192 bits of SHA-256, 36 characters.
 */
export function deriveEventId({ keyId, idempotencyKey, index }: IdSource): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([keyId, idempotencyKey, index]))
    .digest('base64url');
  return `ik-${digest.slice(0, 32)}`;
}

/**
 * The text of an event (a JSON object with members) with `id` as its last member. The last one counts if there is also an
 * `id` that is null.
 */
export function withId(text: string, id: string): string {
  return `${text.slice(0, text.lastIndexOf('}')).trimEnd()},"id":${JSON.stringify(id)}}`;
}

/** The text on one line. In valid JSON, line breaks are white space between tokens: strings contain none. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
