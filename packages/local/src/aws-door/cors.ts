import type { Reply, RequestHead } from '../aws-calls/aws-call.ts';
import { readS3Address } from '../aws-calls/s3-address.ts';
import { header } from '../aws-calls/signature.ts';
import type { BucketCors, CorsRule } from './bucket-cors.ts';

/** Answers a browser's preflight for S3; undefined if no rule of the S3 bucket allows the call. */
export function preflightReply(head: RequestHead, cors: BucketCors): Reply | undefined {
  const origin = header(head.headers.origin);
  const method = header(head.headers['access-control-request-method']);
  const headers = header(head.headers['access-control-request-headers']);
  const names = headers.split(',').map((name) => name.trim());
  const asked = { bucket: readS3Address(head).bucket, origin, method, headers: names.filter((name) => name !== '') };
  const rule = cors.find(asked);
  if (rule === undefined) return undefined;
  return {
    status: 200,
    headers: {
      ...corsHeaders(rule, origin),
      'access-control-allow-methods': rule.AllowedMethods.join(', '),
      ...(headers !== '' && { 'access-control-allow-headers': headers }),
      ...(rule.MaxAge !== undefined && { 'access-control-max-age': String(rule.MaxAge) }),
    },
    body: Buffer.alloc(0),
  };
}

/** The headers that a browser needs on the answer itself; none if no page asks. */
export function corsHeaders(rule: CorsRule | undefined, origin: string | string[] | undefined): Record<string, string> {
  if (rule === undefined || origin === undefined) return {};
  const exposed = rule.ExposedHeaders?.join(', ');
  return {
    'access-control-allow-origin': rule.AllowedOrigins.includes('*') ? '*' : header(origin),
    ...(exposed !== undefined && { 'access-control-expose-headers': exposed }),
    vary: 'Origin, Access-Control-Request-Headers, Access-Control-Request-Method',
  };
}
