import { zstdCompressSync, zstdDecompressSync } from 'node:zlib';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** An object of the archive. */
export interface ArchivedObject {
  readonly key: string;
  readonly lines: readonly string[];
}

/** The archive bucket, through the AWS door. */
export function createArchiveDoor(local: Local) {
  const s3 = new S3Client({ ...awsClient(local), forcePathStyle: true });
  const Bucket = local.buckets.archive;

  async function* objects(prefix: 'events/' | 'quarantine/'): AsyncGenerator<ArchivedObject> {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: prefix })) {
      for (const { Key = '' } of Contents) {
        const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
        const bytes = zstdDecompressSync((await object.Body?.transformToByteArray()) ?? new Uint8Array());
        yield { key: Key, lines: bytes.toString('utf8').trimEnd().split('\n') };
      }
    }
  }

  /** Every line below a prefix of the archive bucket, unchanged. */
  const archiveLines = async (prefix: 'events/' | 'quarantine/'): Promise<string[]> => {
    const lines: string[] = [];
    for await (const object of objects(prefix)) lines.push(...object.lines);
    return lines;
  };

  /** The object of events with a line that has this text in it. */
  const objectWith = async (text: string): Promise<ArchivedObject> => {
    for await (const object of objects('events/')) if (object.lines.some((line) => line.includes(text))) return object;
    throw new Error(`no line of the archive has ${text}`);
  };

  /** Puts other lines in the place of an object's; without lines there is no object. */
  const changeObject = async ({ key: Key, lines }: ArchivedObject): Promise<void> => {
    const Body = zstdCompressSync(`${lines.join('\n')}\n`);
    if (lines.length === 0) await s3.send(new DeleteObjectCommand({ Bucket, Key }));
    else await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
  };

  return { s3, archiveLines, objectWith, changeObject };
}
