import { errorReply } from '../aws-calls/error-reply.ts';
import { readAll } from '../aws-calls/read-all.ts';
import type { S3Address } from '../aws-calls/s3-address.ts';
import type { CorsRule } from './bucket-cors.ts';
import { corsHeaders } from './cors.ts';
import { answer, drop, failBefore, NO_UNITS, type PendingCall } from './pending-call.ts';
import type { Upstream } from './upstream.ts';

/** What is needed to make S3 calls. */
export interface ObjectCallDeps {
  /** Where the objects are. */
  readonly port: number;
  readonly upstream: Upstream;
  /** Whether a caller may list a bucket, by its role. */
  readonly mayList: (caller: string | undefined, bucket: string) => boolean;
  /** The rule that allows a page's call. */
  readonly corsRule: CorsRule | undefined;
}

/** Calls that read an object. */
const READS = new Set(['GetObject', 'HeadObject', 'GetObjectAttributes', 'GetObjectTagging']);

/** Makes an S3 call; bodies are passed through as they come, in both directions. */
export async function makeObjectCall(
  pending: PendingCall,
  address: S3Address,
  { port, upstream, mayList, corsRule }: ObjectCallDeps,
): Promise<void> {
  if ((await failBefore(pending)) === 'over') return;
  const { call, exchange, fault, onCall } = pending;
  const { head, body } = exchange;
  // The bucket is in the path now; a host name would be taken for another bucket.
  const inward = { ...head, target: address.target, headers: { ...head.headers, host: `127.0.0.1:${port}` } };
  const incoming = await upstream.stream({ port }, inward, body);
  if (fault?.kind === 'drop-after') {
    drop(pending, (await readAll(incoming)).length, NO_UNITS);
    return;
  }
  const status = incoming.statusCode ?? 502;
  if (status === 404 && READS.has(call.action) && !mayList(call.caller, address.bucket ?? '')) {
    const reply = { status, headers: incoming.headers, body: await readAll(incoming) };
    // S3 tells only callers that may list a bucket that an object is not in it; it tells every caller that there is no
    // bucket.
    const isBucketMissing = reply.body.includes('NoSuchBucket');
    answer(
      pending,
      isBucketMissing ? reply : errorReply(call, { status: 403, code: 'AccessDenied', message: 'Access Denied' }),
    );
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
