import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectStore } from '../archive/object-store.ts';

/** Keys in one DeleteObjects (S3's limit). */
const KEYS_PER_DELETE = 1000;
const CONTENT_TYPE = 'application/zstd';

/** The archive's bucket in S3. */
export function createS3ObjectStore({ client, bucket: Bucket }: { client: S3Client; bucket: string }): ObjectStore {
  return {
    async put(Key, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: CONTENT_TYPE }));
    },

    async putFile(Key, path) {
      const { size } = await stat(path);
      const Body = createReadStream(path);
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength: size, ContentType: CONTENT_TYPE }));
    },

    async get(Key) {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return Body as Readable;
    },

    async *list(Prefix) {
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, { Bucket, Prefix })) {
        for (const { Key = '', LastModified } of Contents)
          yield { key: Key, lastModified: LastModified?.getTime() ?? 0 };
      }
    },

    async remove(keys) {
      for (let i = 0; i < keys.length; i += KEYS_PER_DELETE) {
        const Objects = keys.slice(i, i + KEYS_PER_DELETE).map((Key) => ({ Key }));
        const { Errors = [] } = await client.send(
          new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }),
        );
        if (Errors.length > 0) throw new Error(`S3 did not remove ${Errors[0]?.Key}: ${Errors[0]?.Code}`);
      }
    },
  };
}
