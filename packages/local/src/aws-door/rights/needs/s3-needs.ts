import type { RequestHead } from '../../../aws-calls/aws-call.ts';
import type { S3Address } from '../../../aws-calls/s3-address.ts';
import { header, readSignature } from '../../../aws-calls/signature.ts';
import type { TemplateFacts } from '../facts/template-facts.ts';
import type { Need } from '../policy/policy.ts';

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

/** What an S3 call needs; undefined if it is not known. DeleteObjects needs something for each of its keys. */
export function s3Needs(address: S3Address, head: RequestHead, facts: TemplateFacts): readonly Need[] | undefined {
  const { action, bucket, key } = address;
  const arn = `arn:aws:s3:::${bucket}`;
  const query = new URLSearchParams(head.target.split('?')[1] ?? '');
  if (action === 'DeleteObjects') return [];
  const ofBucket = OF_BUCKET[action];
  if (ofBucket !== undefined) {
    const prefix = query.get('prefix');
    return [{ ...need(ofBucket, arn), context: prefix === null ? {} : { 's3:prefix': prefix } }];
  }
  const source = decodeURIComponent(header(head.headers['x-amz-copy-source'])).replace(/^\//, '').split('?')[0];
  const names = OF_OBJECT[action];
  return (
    names && [
      ...names.map((name) => ({ ...need(ofVersion(name, query), `${arn}/${key}`), ...keyUses(action, head) })),
      ...ownKeyNeeds(head, facts),
      ...(source ? [need('s3:GetObject', `arn:aws:s3:::${source}`)] : []),
    ]
  );
}

/** The calls on objects and on buckets that are known. */
export function knownS3Calls(): readonly string[] {
  return [...Object.keys(OF_OBJECT), ...Object.keys(OF_BUCKET)];
}

function need(action: string, resource: string): Need {
  return { action, resource };
}

/** An old version of an object has permissions of its own. */
function ofVersion(name: string, query: URLSearchParams): string {
  return query.has('versionId') ? name.replace(/Object(?=$|Tagging)/, 'ObjectVersion') : name;
}

/** What a call does with the bucket's key, where its permission does not say it. */
const KEY_USES: Readonly<Record<string, readonly string[]>> = {
  GetObjectAttributes: ['Decrypt'],
  // S3 reads the parts again that it has encrypted.
  UploadPart: ['Decrypt'],
  UploadPartCopy: ['Decrypt'],
  CompleteMultipartUpload: ['Decrypt'],
};

function keyUses(action: string, { headers }: RequestHead): Pick<Need, 'keyUses'> {
  // Of all that the head of an object shows, only its checksum is encrypted.
  const isChecksumRead = header(headers['x-amz-checksum-mode']) === 'ENABLED';
  if (action === 'HeadObject') return { keyUses: isChecksumRead ? ['Decrypt'] : [] };
  if (headers[ENCRYPTION] !== undefined) return { keyUses: [] };
  const uses = KEY_USES[action];
  return uses === undefined ? {} : { keyUses: uses };
}

const ENCRYPTION = 'x-amz-server-side-encryption';

/** A write may name a key of its own instead of its bucket's. */
function ownKeyNeeds(head: RequestHead, { keyArn }: TemplateFacts): readonly Need[] {
  const key = header(head.headers[`${ENCRYPTION}-aws-kms-key-id`]);
  const resource = key === '' ? undefined : keyArn(key, readSignature(head).region);
  return resource === undefined ? [] : [need('kms:GenerateDataKey', resource)];
}

/** What it takes to delete one object of DeleteObjects. */
export function deletionNeeds(bucket: string, key: string, versionId: string | undefined): readonly Need[] {
  const action = versionId === undefined ? 's3:DeleteObject' : 's3:DeleteObjectVersion';
  return [need(action, `arn:aws:s3:::${bucket}/${key}`)];
}
