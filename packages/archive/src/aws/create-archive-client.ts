import { S3Client } from '@aws-sdk/client-s3';

/**
 * The only way in which a function makes its client for the archive: once per process, in the wiring. A connection that
 * died while the instance was frozen is given up after `requestTimeoutMs`. The client does not wait for it until the
 * function's own end.
 */
export function createArchiveClient({ requestTimeoutMs }: { readonly requestTimeoutMs: number }): S3Client {
  return new S3Client({
    requestHandler: { connectionTimeout: 1_000, requestTimeout: requestTimeoutMs, throwOnRequestTimeout: true },
  });
}
