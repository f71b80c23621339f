import type { RequestHead } from '../../aws-calls/aws-call.ts';
import type { S3Address } from '../../aws-calls/s3-address.ts';
import { header } from '../../aws-calls/signature.ts';
import type { Need } from './policy.ts';

/** What a call on an object needs on it. */
const OF_OBJECT: Readonly<Record<string, readonly string[]>> = {
  GetObject: ['s3:GetObject'],
  HeadObject: ['s3:GetObject'],
  GetObjectAttributes: ['s3:GetObject', 's3:GetObjectAttributes'],
  GetObjectTagging: ['s3:GetObjectTagging'],
  PutObject: ['s3:PutObject'],
  PutObjectTagging: ['s3:PutObjectTagging'],
  CopyObject: ['s3:PutObject'],
  CreateMultipartUpload: ['s3:PutObject'],
  UploadPart: ['s3:PutObject'],
  UploadPartCopy: ['s3:PutObject'],
  CompleteMultipartUpload: ['s3:PutObject'],
  AbortMultipartUpload: ['s3:AbortMultipartUpload'],
  ListParts: ['s3:ListMultipartUploadParts'],
  DeleteObject: ['s3:DeleteObject'],
};

/** What a call on a bucket needs on it. */
const OF_BUCKET: Readonly<Record<string, string>> = {
  ListObjects: 's3:ListBucket',
  ListObjectsV2: 's3:ListBucket',
  HeadBucket: 's3:ListBucket',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
};

/** What an S3 call needs; undefined if it is not known. `body` is the list of keys of DeleteObjects. */
export function s3Needs(address: S3Address, head: RequestHead, body = ''): readonly Need[] | undefined {
  const { action, bucket, key } = address;
  const arn = `arn:aws:s3:::${bucket}`;
  const query = new URLSearchParams(head.target.split('?')[1] ?? '');
  if (action === 'DeleteObjects') return keysOf(body).map((key) => need('s3:DeleteObject', `${arn}/${key}`));
  const ofBucket = OF_BUCKET[action];
  if (ofBucket !== undefined) {
    const prefix = query.get('prefix');
    return [{ ...need(ofBucket, arn), context: prefix === null ? {} : { 's3:prefix': prefix } }];
  }
  const source = decodeURIComponent(header(head.headers['x-amz-copy-source'])).replace(/^\//, '').split('?')[0];
  const names = OF_OBJECT[action];
  return (
    names && [
      ...names.map((name) => need(ofVersion(name, query), `${arn}/${key}`)),
      ...(source ? [need('s3:GetObject', `arn:aws:s3:::${source}`)] : []),
    ]
  );
}

function need(action: string, resource: string): Need {
  return { action, resource };
}

/** An old version of an object has permissions of its own. */
function ofVersion(name: string, query: URLSearchParams): string {
  return query.has('versionId') ? name.replace(/Object(?=$|Tagging)/, 'ObjectVersion') : name;
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function keysOf(body: string): string[] {
  return [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) =>
    key
      .replace(/&#(x?)([\da-f]+);/gi, (_all, hex, code) => String.fromCodePoint(Number.parseInt(code, hex ? 16 : 10)))
      .replace(/&(\w+);/g, (all, name) => ENTITIES[name] ?? all),
  );
}
