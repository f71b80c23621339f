import { createHash } from 'node:crypto';

/** What an id derives from when the sender gave none. */
export interface IdSource {
  readonly keyId: string;
  readonly idempotencyKey: string;
  /** The event's index in the request, refused ones counted. */
  readonly index: number;
}

/**
 * The id of an event sent without one under an `Idempotency-Key`: the same request, sent again, names its events alike,
 * and another key's never. 192 bits of SHA-256, 36 characters.
 */
export function deriveEventId({ keyId, idempotencyKey, index }: IdSource): string {
  const digest = createHash('sha256')
    .update(JSON.stringify([keyId, idempotencyKey, index]))
    .digest('base64url');
  return `ik-${digest.slice(0, 32)}`;
}

/** The text of an event, a JSON object with members, with `id` in it: last, where it wins over an `id` that is null. */
export function withId(text: string, id: string): string {
  return `${text.slice(0, text.lastIndexOf('}')).trimEnd()},"id":${JSON.stringify(id)}}`;
}

/** The text on one line. Line breaks in valid JSON are white space between tokens: its strings hold none. */
export function onOneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ');
}
