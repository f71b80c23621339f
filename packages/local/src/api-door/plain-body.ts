import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip, inflate } from 'node:zlib';

type Decode = (bytes: Buffer, options: { readonly maxOutputLength: number }) => Promise<Buffer>;

/** The decoders of content codings. It is a map, because a header may name a property that every object has. */
const decoders: ReadonlyMap<string, Decode> = new Map([
  ['', async (bytes) => bytes],
  ['identity', async (bytes) => bytes],
  ['gzip', promisify(gunzip) as Decode],
  // RFC 9110, 8.4.1.3. API Gateway's documents do not name it.
  ['x-gzip', promisify(gunzip) as Decode],
  ['deflate', promisify(inflate) as Decode],
]);

/** The faults of a body, as API Gateway calls them. */
export type BodyError = 'REQUEST_TOO_LARGE' | 'UNSUPPORTED_MEDIA_TYPE';

/**
 * Reads a request's body as API Gateway passes it on: it removes gzip and deflate, whatever the template says, and
 * leaves the header. It refuses any other coding, and a body that is not in the coding it names (API Gateway, "Call an
 * API method with a compressed payload"). At most `maxBytes` go in, and come out. The body is read as a whole, because
 * no function runs before it has arrived; the rest of a refused body stays on the connection. Rejects if the client
 * went away.
 */
export async function readPlainBody(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | BodyError> {
  const decode = decoders.get((incoming.headers['content-encoding'] ?? '').trim().toLowerCase());
  if (decode === undefined) return 'UNSUPPORTED_MEDIA_TYPE';
  const coded = await readAtMost(incoming, maxBytes);
  if (coded === undefined) return 'REQUEST_TOO_LARGE';
  try {
    return await decode(coded, { maxOutputLength: maxBytes });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'ERR_BUFFER_TOO_LARGE' ? 'REQUEST_TOO_LARGE' : 'UNSUPPORTED_MEDIA_TYPE';
  }
}

/** If a body's length is not announced, it can only be counted as it arrives. */
async function readAtMost(incoming: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Destroying it would cut the connection, and the answer with it.
  for await (const chunk of incoming.iterator({ destroyOnReturn: false })) {
    bytes += (chunk as Buffer).length;
    if (bytes > maxBytes) return undefined;
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}
