import { createHash } from 'node:crypto';
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  type S3Client,
} from '@aws-sdk/client-s3';
import type { ObjectStore } from '../object-store.ts';

/** Keys in one DeleteObjects (S3's limit). */
const KEYS_PER_DELETE = 1000;
const CONTENT_TYPE = 'application/zstd';

/** The archive's bucket in S3. */
export function createS3ObjectStore({ client, bucket: Bucket }: { client: S3Client; bucket: string }): ObjectStore {
  return {
    async put(Key, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: CONTENT_TYPE }));
    },

    async putHashed(chunks, keyOf) {
      const file = await openNamelessFile();
      try {
        const hash = createHash('sha256');
        let ContentLength = 0;
        for await (const chunk of chunks) {
          hash.update(chunk);
          await file.writeFile(chunk);
          ContentLength += chunk.length;
        }
        const sha256 = hash.digest('hex');
        const Body = file.createReadStream({ start: 0, autoClose: false });
        await client.send(
          new PutObjectCommand({ Bucket, Key: keyOf(sha256), Body, ContentLength, ContentType: CONTENT_TYPE }),
        );
        return sha256;
      } finally {
        await file.close();
      }
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

/** A file that goes with its handle: a function that runs out of time leaves nothing to the next one in its sandbox. */
async function openNamelessFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-'));
  const file = await open(join(folder, 'object'), 'wx+');
  await rm(folder, { recursive: true });
  return file;
}
