import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { AvatarObjects } from '../avatars/stored/avatar-objects.ts';

/** Keys in one DeleteObjects request (limit of S3). */
const KEYS_PER_DELETE = 1000;

/** The avatars' bucket in S3. */
export function createS3AvatarObjects({ client, bucket: Bucket }: { client: S3Client; bucket: string }): AvatarObjects {
  return {
    async describe(Key) {
      const found = await unlessMissing(client.send(new HeadObjectCommand({ Bucket, Key })));
      return found && { bytes: found.ContentLength ?? 0, contentType: found.ContentType ?? '' };
    },

    async read(Key) {
      const found = await unlessMissing(client.send(new GetObjectCommand({ Bucket, Key })));
      return found?.Body && Buffer.from(await found.Body.transformToByteArray());
    },

    async write(Key, Body, ContentType) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType }));
    },

    async list(Prefix) {
      const keys: string[] = [];
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key } of Contents) if (Key !== undefined) keys.push(Key);
      }
      return keys;
    },

    async remove(keys) {
      for (let i = 0; i < keys.length; i += KEYS_PER_DELETE) {
        const Objects = keys.slice(i, i + KEYS_PER_DELETE).map((Key) => ({ Key }));
        const remove = new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
        const { Errors = [] } = await client.send(remove);
        if (Errors.length > 0) throw new Error(`S3 did not remove ${Errors[0]?.Key}: ${Errors[0]?.Code}`);
      }
    },
  };
}

async function unlessMissing<T>(found: Promise<T>): Promise<T | undefined> {
  try {
    return await found;
  } catch (error) {
    if (error instanceof NotFound || error instanceof NoSuchKey) return undefined;
    throw error;
  }
}
