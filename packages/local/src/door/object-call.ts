import { corsHeaders } from './cors.ts';
import { drop, failBefore, NO_UNITS, type PendingCall } from './pending-call.ts';
import type { S3Address } from './s3-address.ts';
import { readAll, type Upstream } from './upstream.ts';

/** Makes an S3 call; bodies are passed through as they come, in both directions. */
export async function makeObjectCall(
  pending: PendingCall,
  { target }: S3Address,
  port: number,
  upstream: Upstream,
): Promise<void> {
  if ((await failBefore(pending)) === 'over') return;
  const { call, exchange, fault, onCall } = pending;
  const { head, body } = exchange;
  // The bucket is in the path now; a host name would be taken for another one.
  const inward = { ...head, target, headers: { ...head.headers, host: `127.0.0.1:${port}` } };
  const incoming = await upstream.stream(port, inward, body);
  if (fault?.kind === 'drop-after') {
    drop(pending, (await readAll(incoming)).length, NO_UNITS);
    return;
  }
  const status = incoming.statusCode ?? 502;
  const outgoing = exchange.start(status, { ...incoming.headers, ...corsHeaders(head.headers.origin) });
  let responseBytes = 0;
  incoming.on('data', (chunk: Buffer) => {
    responseBytes += chunk.length;
  });
  // Counted before the last byte leaves, so that whoever has the answer finds it counted.
  incoming.once('end', () => onCall(call, { status, responseBytes, ...NO_UNITS }));
  incoming.once('error', () => exchange.drop());
  outgoing.once('close', () => incoming.destroy());
  incoming.pipe(outgoing);
}
