import type { Reply, RequestHead } from '../aws-calls/aws-call.ts';
import { header } from '../aws-calls/signature.ts';

/** Answers a browser's preflight for S3: local S3 buckets allow every origin. */
export function preflightReply({ headers }: RequestHead): Reply {
  return {
    status: 200,
    headers: {
      ...corsHeaders(headers.origin),
      'access-control-allow-methods': 'GET, PUT, POST, DELETE, HEAD',
      'access-control-allow-headers': header(headers['access-control-request-headers']) || '*',
      'access-control-max-age': '3000',
    },
    body: Buffer.alloc(0),
  };
}

/** The headers that a browser needs on the answer itself; none if no browser asks. */
export function corsHeaders(origin: string | string[] | undefined): Record<string, string> {
  if (origin === undefined) return {};
  return { 'access-control-allow-origin': header(origin), 'access-control-expose-headers': 'ETag', vary: 'Origin' };
}
