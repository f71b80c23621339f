import {
  AbortMultipartUploadCommand,
  DeleteObjectsCommand,
  GetBucketPolicyCommand,
  ListMultipartUploadsCommand,
  ListObjectVersionsCommand,
  type ListObjectVersionsCommandOutput,
  PutBucketPolicyCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import type { S3Bucket } from '../account/account.ts';

/** Identifies our own statement when a removal is tried again. */
const SID = 'NobodyWritesAnyMore';

interface Policy {
  readonly Version?: string;
  readonly Statement: readonly { readonly Sid?: string }[];
}

/** Where a bucket is. */
export interface BucketAccess {
  readonly client: S3Client;
  readonly name: string;
  /** `aws`, or the partition of China or of the government. */
  readonly partition: string;
}

/** An S3 bucket that is about to be removed; a bucket that no longer exists counts as empty. */
export function createS3Bucket({ client, name, partition }: BucketAccess): S3Bucket {
  return {
    denyWrites: async () => {
      await unlessGone(async () => {
        const { Statement, ...policy } = await findPolicy(client, name);
        const others = Statement.filter(({ Sid }) => Sid !== SID);
        const Policy = JSON.stringify({ ...policy, Statement: [...others, denial(`arn:${partition}:s3:::${name}/*`)] });
        await client.send(new PutBucketPolicyCommand({ Bucket: name, Policy }));
        return 0;
      });
    },
    endUploads: () => unlessGone(() => endUploads(client, name)),
    removeVersions: () => unlessGone(() => removeVersions(client, name)),
  };
}

function denial(Resource: string): object {
  return { Sid: SID, Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource };
}

async function findPolicy(client: S3Client, Bucket: string): Promise<Policy> {
  try {
    const { Policy } = await client.send(new GetBucketPolicyCommand({ Bucket }));
    return JSON.parse(Policy ?? '') as Policy;
  } catch (error) {
    if (isNamed(error, 'NoSuchBucketPolicy')) return { Version: '2012-10-17', Statement: [] };
    throw error;
  }
}

async function endUploads(client: S3Client, Bucket: string): Promise<number> {
  let ended = 0;
  let markers = {};
  for (;;) {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket, ...markers }));
    for (const { Key, UploadId } of page.Uploads ?? []) {
      await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
      ended++;
    }
    if (!page.IsTruncated) return ended;
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
}

/** A page has at most 1,000 names, and one call removes as many. */
async function removeVersions(client: S3Client, Bucket: string): Promise<number> {
  let removed = 0;
  let markers = {};
  for (;;) {
    const page = await client.send(new ListObjectVersionsCommand({ Bucket, ...markers }));
    removed += await removePage(client, Bucket, page);
    if (!page.IsTruncated) return removed;
    markers = { KeyMarker: page.NextKeyMarker, VersionIdMarker: page.NextVersionIdMarker };
  }
}

async function removePage(client: S3Client, Bucket: string, page: ListObjectVersionsCommandOutput): Promise<number> {
  const { Versions = [], DeleteMarkers = [] } = page;
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length === 0) return 0;
  const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
  if (Errors.length > 0) throw new Error(`S3 did not remove ${Errors[0]?.Key} from ${Bucket}: ${Errors[0]?.Code}`);
  return Objects.length;
}

/** A removal that failed half-way may have removed the bucket already. */
async function unlessGone(call: () => Promise<number>): Promise<number> {
  try {
    return await call();
  } catch (error) {
    if (isNamed(error, 'NoSuchBucket')) return 0;
    throw error;
  }
}

function isNamed(error: unknown, name: string): boolean {
  return error instanceof S3ServiceException && error.name === name;
}
