import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  NoSuchKey,
  PutObjectCommand,
  type PutObjectCommandInput,
  paginateListObjectsV2,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { openNamelessFile } from '../nameless-file.ts';
import { MissingObject, type ObjectStore } from '../object-store.ts';
import { putParts } from './put-parts.ts';

/** Keys in one DeleteObjects (S3's limit). */
const KEYS_PER_DELETE = 1000;
const CONTENT_TYPE = 'application/zstd';

/** The archive's S3 bucket. */
export function createS3ObjectStore({ client, bucket: Bucket }: { client: S3Client; bucket: string }): ObjectStore {
  /** False if the condition fails. */
  async function putOnCondition(put: PutObjectCommandInput): Promise<boolean> {
    try {
      await client.send(new PutObjectCommand(put));
      return true;
    } catch (error) {
      // 404: the object was removed in the meantime. 409: another writer is writing it at the moment.
      const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined;
      if (status === 404 || status === 409 || status === 412) return false;
      throw error;
    }
  }

  return {
    async put(Key, Body) {
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType: typeOf(Key) }));
    },

    async putStream(Key, chunks) {
      await putParts(client, { Bucket, Key, ContentType: typeOf(Key) }, chunks);
    },

    create: (Key, Body) => putOnCondition({ Bucket, Key, Body, IfNoneMatch: '*', ContentType: typeOf(Key) }),

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
      const found = await unlessMissing(client.send(new GetObjectCommand({ Bucket, Key })));
      if (!found) throw new MissingObject(Key);
      return found.Body as Readable;
    },

    async getRange(Key, from, into) {
      const last = from + into.length - 1;
      const get = new GetObjectCommand({ Bucket, Key, Range: `bytes=${from}-${last}` });
      const found = await unlessMissing(client.send(get));
      if (!found?.Body) throw new MissingObject(Key);
      let filled = 0;
      for await (const chunk of found.Body as Readable) {
        into.set(chunk, filled);
        filled += chunk.length;
      }
      if (filled < into.length) throw new RangeError(`${Key} ends before byte ${last}`);
    },

    async find(Key) {
      const found = await unlessMissing(client.send(new GetObjectCommand({ Bucket, Key })));
      return found?.Body && { bytes: await found.Body.transformToByteArray(), tag: found.ETag ?? '' };
    },

    replace: (Key, Body, IfMatch) => putOnCondition({ Bucket, Key, Body, IfMatch, ContentType: typeOf(Key) }),

    async *list(Prefix, StartAfter) {
      const query = { Bucket, Prefix, ...(StartAfter && { StartAfter }) };
      for await (const { Contents = [] } of paginateListObjectsV2({ client }, query)) {
        for (const { Key = '', LastModified, Size = 0 } of Contents) {
          yield { key: Key, lastModified: LastModified?.getTime() ?? 0, size: Size };
        }
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

async function unlessMissing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof NoSuchKey) return undefined;
    throw error;
  }
}

/** The type of each object by the end of its name. Objects that Lambda gave up are JSON, and have no such end. */
const TYPES: Readonly<Record<string, string>> = {
  '.zst': CONTENT_TYPE,
  '.csv': 'text/csv; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.eml': 'message/rfc822',
};

function typeOf(key: string): string {
  return TYPES[key.slice(key.lastIndexOf('.'))] ?? 'application/json';
}
