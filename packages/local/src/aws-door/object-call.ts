import type { AwsCall, RequestHead } from '../aws-calls/aws-call.ts';
import { deniedReply } from '../aws-calls/error-reply.ts';
import { readAll } from '../aws-calls/read-all.ts';
import type { S3Address } from '../aws-calls/s3-address.ts';
import type { CorsRule } from './bucket-cors.ts';
import { corsHeaders } from './cors.ts';
import {
  EMPTY_RESULT,
  objectsToDelete,
  type RefusedObject,
  withErrors,
  withoutRefused,
} from './deletions/refused-objects.ts';
import { answer, drained, drop, failBefore, NO_UNITS, type PendingCall } from './pending-call.ts';
import type { Rights } from './rights/rights.ts';
import type { Upstream } from './upstream.ts';

/** What is needed to make S3 calls. */
export interface ObjectCallDeps {
  /** Where the objects are. */
  readonly port: number;
  readonly upstream: Upstream;
  /** What the functions may do, each by its own role. */
  readonly rights: Pick<Rights, 'missingOfS3' | 'missingToDelete' | 'mayList'>;
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
  const missing = rights.missingOfS3(call, { address, head });
  if (missing !== undefined) return refuse(pending, missing);
  // The bucket is in the path now; a host name would be taken for another bucket.
  const inward = { ...head, target: address.target, headers: { ...head.headers, host: `127.0.0.1:${port}` } };
  if (call.action === 'DeleteObjects') return deleteObjects(pending, inward, { port, upstream, rights, corsRule });
  const incoming = await upstream.stream({ port }, inward, exchange.body);
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

/** Deletes the objects that the caller may delete, and answers for each of the others that it may not. */
async function deleteObjects(
  pending: PendingCall,
  head: RequestHead,
  { port, upstream, rights, corsRule }: ObjectCallDeps,
): Promise<void> {
  const { call, exchange } = pending;
  // The list of keys is small enough to be held whole.
  const sent = await readAll(exchange.body);
  const body = sent.toString('utf8');
  const refused = objectsToDelete(body).flatMap((object): RefusedObject[] => {
    const reason = rights.missingToDelete(call, { ...object, bucket: bucketOf(call) });
    return reason === undefined ? [] : [{ ...object, reason }];
  });
  const allowed = refused.length === 0 ? body : withoutRefused(body, refused);
  const bytes = refused.length === 0 ? sent : Buffer.from(allowed ?? '');
  const made = allowed === undefined ? EMPTY_RESULT : await upstream.call({ port }, withoutDigests(head), bytes);
  const reply = refused.length === 0 || made.status >= 400 ? made : withErrors(made, refused);
  answer(pending, { ...reply, headers: { ...reply.headers, ...corsHeaders(corsRule, head.headers.origin) } });
}

function bucketOf({ resource = '' }: AwsCall): string {
  return resource.split('/')[0] ?? '';
}

/** The digests are those of the whole list. */
function withoutDigests(head: RequestHead): RequestHead {
  const kept = Object.entries(head.headers).filter(([name]) => !/^(content-md5|x-amz-checksum-.*)$/.test(name));
  return { ...head, headers: Object.fromEntries(kept) };
}

async function refuse(pending: PendingCall, missing: string): Promise<void> {
  // A client that is still sending would take an early answer for a reset connection.
  await drained(pending.exchange);
  answer(pending, deniedReply(pending.call, missing));
}
