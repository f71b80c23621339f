import type { IncomingMessage } from 'node:http';
import { PassThrough, type Transform } from 'node:stream';
import { createGunzip, createInflate } from 'node:zlib';

/** Makes the stream that takes a content coding off. A map, as a header may name what every object has. */
const decoders: ReadonlyMap<string, () => Transform> = new Map([
  ['', () => new PassThrough()],
  ['identity', () => new PassThrough()],
  ['gzip', createGunzip],
  ['deflate', createInflate],
]);

/** What may be wrong with a body, as API Gateway calls it. */
export type BodyError = 'REQUEST_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE';

/**
 * A request's body as API Gateway passes it on: it takes gzip and deflate off, whatever the template says, leaves the
 * header, and refuses any other coding and what is not coded as it says (API Gateway, "Call an API method with a
 * compressed payload"). At most `maxBytes` go in, and come out.
 */
export function plainBody(
  incoming: IncomingMessage,
  maxBytes: number,
  refuse: (error: BodyError) => void,
): Transform | undefined {
  const coding = (incoming.headers['content-encoding'] ?? '').trim().toLowerCase();
  const decoder = decoders.get(coding)?.();
  if (decoder === undefined) {
    refuse('UNSUPPORTED_MEDIA_TYPE');
    return undefined;
  }
  limit(incoming, maxBytes, () => refuse('REQUEST_TOO_LARGE'));
  limit(decoder, maxBytes, () => refuse('REQUEST_TOO_LARGE'));
  decoder.on('error', () => refuse('UNSUPPORTED_MEDIA_TYPE'));
  // No `pipeline`: it would cut the connection, and the refusal with it, while the client still sends.
  incoming.on('close', () => incoming.complete || decoder.destroy());
  return incoming.pipe(decoder);
}

/** Where a body's length is not announced it can only be counted as it passes. */
function limit(body: IncomingMessage | Transform, maxBytes: number, tooLarge: () => void): void {
  let bytes = 0;
  body.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > maxBytes && bytes - chunk.length <= maxBytes) {
      tooLarge();
    }
  });
}
