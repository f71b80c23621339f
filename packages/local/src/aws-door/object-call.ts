import { Readable } from 'node:stream';
import { deniedReply } from '../aws-calls/error-reply.ts';
import { readAll } from '../aws-calls/read-all.ts';
import type { S3Address } from '../aws-calls/s3-address.ts';
import type { CorsRule } from './bucket-cors.ts';
import { corsHeaders } from './cors.ts';
import { answer, drained, drop, failBefore, NO_UNITS, type PendingCall } from './pending-call.ts';
import type { Rights } from './rights/rights.ts';
import type { Upstream } from './upstream.ts';

/** What is needed to make S3 calls. */
export interface ObjectCallDeps {
  /** Where the objects are. */
  readonly port: number;
  readonly upstream: Upstream;
  /** What the functions may do, each by its own role. */
  readonly rights: Pick<Rights, 'missingOfS3' | 'mayList'>;
  /** The rule that allows a page's call. */
  readonly corsRule: CorsRule | undefined;
}

/** Calls that read an object. */
const READS = new Set(['GetObject', 'HeadObject', 'GetObjectAttributes', 'GetObjectTagging']);

/** Makes an S3 call; bodies are passed through as they come, in both directions. */
export async function makeObjectCall(
  pending: PendingCall,
  address: S3Address,
  { port, upstream, rights, corsRule }: ObjectCallDeps,
): Promise<void> {
  if ((await failBefore(pending)) === 'over') return;
  const { call, exchange, fault, onCall } = pending;
  const { head } = exchange;
  // The list of keys is small enough to be held whole.
  const keys = call.action === 'DeleteObjects' ? await readAll(exchange.body) : undefined;
  const missing = rights.missingOfS3(call, { address, head, body: keys?.toString('utf8') ?? '' });
  if (missing !== undefined) return refuse(pending, missing);
  const body = keys === undefined ? exchange.body : Readable.from([keys]);
  // The bucket is in the path now; a host name would be taken for another bucket.
  const inward = { ...head, target: address.target, headers: { ...head.headers, host: `127.0.0.1:${port}` } };
  const incoming = await upstream.stream({ port }, inward, body);
  if (fault?.kind === 'drop-after') {
    drop(pending, (await readAll(incoming)).length, NO_UNITS);
    return;
  }
  const status = incoming.statusCode ?? 502;
  if (status === 404 && READS.has(call.action) && !rights.mayList(call.caller, address.bucket ?? '')) {
    const reply = { status, headers: incoming.headers, body: await readAll(incoming) };
    // S3 tells only callers that may list a bucket that an object is not in it; it tells every caller that there is no
    // bucket.
    const isBucketMissing = reply.body.includes('NoSuchBucket');
    answer(pending, isBucketMissing ? reply : deniedReply(call, 'Access Denied'));
    return;
  }
  const outgoing = exchange.start(status, { ...incoming.headers, ...corsHeaders(corsRule, head.headers.origin) });
  let responseBytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    responseBytes += chunk.length;
  });
  // Counted before the last byte leaves: a caller that has the answer finds it counted.
  incoming.once('end', () => onCall(call, { status, responseBytes, ...NO_UNITS }));
  incoming.once('error', () => exchange.drop());
  outgoing.once('close', () => incoming.destroy());
  incoming.pipe(outgoing);
}

async function refuse(pending: PendingCall, missing: string): Promise<void> {
  // A client that is still sending would take an early answer for a reset connection.
  await drained(pending.exchange);
  answer(pending, deniedReply(pending.call, missing));
}
