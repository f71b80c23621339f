import type { RequestHead } from './aws-call.ts';
import { header } from './signature.ts';

/** The address and the operation of an S3 request, by path (a bucket in the host name is moved there). */
export interface S3Address {
  readonly action: string;
  readonly bucket: string | undefined;
  readonly key: string | undefined;
  /** The request's target with the bucket in its path. */
  readonly target: string;
}

/** Reads bucket, key and operation from host, path, method and query. */
export function readS3Address(head: RequestHead): S3Address {
  const [path = '/', search] = splitOnce(head.target, '?');
  const hostBucket = bucketOfHost(header(head.headers.host));
  const fullPath = hostBucket === undefined ? path : `/${hostBucket}${path}`;
  const [bucket, rawKey = ''] = splitOnce(fullPath.slice(1), '/');
  return {
    action: actionOf(head, { bucket, key: rawKey, query: new URLSearchParams(search) }),
    bucket: bucket === '' ? undefined : bucket,
    key: rawKey === '' ? undefined : decodeKey(rawKey),
    target: search === undefined ? fullPath : `${fullPath}?${search}`,
  };
}

/** An operation, and the query parameter that identifies it; the first parameter that is present decides. */
type Operation = readonly [parameter: string | undefined, action: string];

interface Addressed {
  readonly bucket: string;
  readonly key: string;
  readonly query: URLSearchParams;
}

const BUCKET_OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  GET: [
    ['uploads', 'ListMultipartUploads'],
    ['lifecycle', 'GetBucketLifecycleConfiguration'],
    ['location', 'GetBucketLocation'],
    ['list-type', 'ListObjectsV2'],
    [undefined, 'ListObjects'],
  ],
  PUT: [
    ['lifecycle', 'PutBucketLifecycleConfiguration'],
    [undefined, 'CreateBucket'],
  ],
  POST: [
    ['delete', 'DeleteObjects'],
    [undefined, 'PostObject'],
  ],
  DELETE: [
    ['lifecycle', 'DeleteBucketLifecycle'],
    [undefined, 'DeleteBucket'],
  ],
  HEAD: [[undefined, 'HeadBucket']],
};

const OBJECT_OPERATIONS: Readonly<Record<string, readonly Operation[]>> = {
  GET: [
    ['uploadId', 'ListParts'],
    ['attributes', 'GetObjectAttributes'],
    ['tagging', 'GetObjectTagging'],
    [undefined, 'GetObject'],
  ],
  PUT: [
    ['uploadId', 'UploadPart'],
    ['tagging', 'PutObjectTagging'],
    [undefined, 'PutObject'],
  ],
  POST: [
    ['uploads', 'CreateMultipartUpload'],
    [undefined, 'CompleteMultipartUpload'],
  ],
  DELETE: [
    ['uploadId', 'AbortMultipartUpload'],
    ['tagging', 'DeleteObjectTagging'],
    [undefined, 'DeleteObject'],
  ],
  HEAD: [[undefined, 'HeadObject']],
};

function actionOf({ method, headers }: RequestHead, { bucket, key, query }: Addressed): string {
  if (bucket === '') return 'ListBuckets';
  const operations = (key === '' ? BUCKET_OPERATIONS : OBJECT_OPERATIONS)[method] ?? [];
  const action = operations.find(([parameter]) => parameter === undefined || query.has(parameter))?.[1] ?? method;
  const copies = headers['x-amz-copy-source'] !== undefined;
  if (copies && action === 'PutObject') return 'CopyObject';
  return copies && action === 'UploadPart' ? 'UploadPartCopy' : action;
}

/**
 * `photos.localhost` and `photos.s3.us-east-1.amazonaws.com` name a bucket; an address, `localhost` and `s3.…` do not.
 */
function bucketOfHost(host: string): string | undefined {
  const name = host.replace(/:\d+$/, '');
  if (!name.includes('.') || /^[\d.]+$/.test(name) || name.startsWith('[') || name.startsWith('s3.')) return undefined;
  return name.replace(/\.(s3[.-].*|s3|localhost.*)$/, '');
}

function decodeKey(rawKey: string): string {
  try {
    return decodeURIComponent(rawKey);
  } catch {
    return rawKey;
  }
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + separator.length)];
}
