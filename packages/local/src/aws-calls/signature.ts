import type { RequestHead } from './aws-call.ts';

/** Who signed a request, for which service; the signature itself is not checked. */
export interface Signature {
  readonly caller: string | undefined;
  readonly region: string;
  readonly service: string;
}

const DEFAULT_REGION = 'us-east-1';

/**
 * Reads the credential scope from the header or the query; a request that is unsigned, or signed the old way, is taken
 * for S3.
 */
export function readSignature({ headers, target }: RequestHead): Signature {
  const authorization = header(headers.authorization);
  const query = new URLSearchParams(target.split('?')[1] ?? '');
  const credential = /Credential=([^,\s]+)/.exec(authorization)?.[1] ?? query.get('X-Amz-Credential') ?? undefined;
  if (credential !== undefined) {
    const [caller, , region = DEFAULT_REGION, service = 's3'] = credential.split('/');
    return { caller, region, service };
  }
  // Version 2: `AWS AKID:signature`, or presigned with AWSAccessKeyId as boto3 still does for GET.
  const caller = /^AWS ([^:]+):/.exec(authorization)?.[1] ?? query.get('AWSAccessKeyId') ?? undefined;
  return { caller, region: DEFAULT_REGION, service: 's3' };
}

/** The first value of a header. */
export function header(value: string | string[] | undefined): string {
  return (Array.isArray(value) ? value[0] : value) ?? '';
}
