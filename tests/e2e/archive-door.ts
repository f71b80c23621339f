import { zstdDecompressSync } from 'node:zlib';
import { GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import { awsClient } from './aws-client.ts';
import type { Local } from './weir-process.ts';

/** The archive bucket, through the AWS door. */
export function createArchiveDoor(local: Local) {
  const s3 = new S3Client({ ...awsClient(local), forcePathStyle: true });
  const Bucket = local.buckets.archive;

  /** Every line below a prefix of the archive bucket, unchanged. */
  const archiveLines = async (prefix: 'events/' | 'quarantine/'): Promise<string[]> => {
    const lines: string[] = [];
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix: prefix })) {
      for (const { Key } of Contents) {
        const object = await s3.send(new GetObjectCommand({ Bucket, Key }));
        const bytes = zstdDecompressSync((await object.Body?.transformToByteArray()) ?? new Uint8Array());
        lines.push(...bytes.toString('utf8').trimEnd().split('\n'));
      }
    }
    return lines;
  };

  return { s3, archiveLines };
}
