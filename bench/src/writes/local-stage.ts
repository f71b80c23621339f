import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import type { ObjectStore } from '@weir/archive';
import { createS3ObjectStore } from '@weir/archive/s3';
import { createDynamoMetricsStore, type MetricsStore } from '@weir/dynamodb';
import type { Usage } from '@weir/local';
import { openLocalTables } from '@weir/local/tables';
import type { Units } from './units.ts';
import { unitsOf } from './units.ts';

/** Tables and a bucket on a local AWS that counts each call on the wire. */
export interface LocalStage {
  /** An empty table, and the bucket. */
  open(): Promise<{ client: DynamoDBClient; tableName: string; store: MetricsStore; objects: ObjectStore }>;
  /** The calls since the last `take`. */
  usage(): Promise<Usage>;
  /** The use since the last call. */
  take(): Promise<Units>;
  close(): Promise<void>;
}

const BUCKET = 'archive';

export async function openLocalStage(): Promise<LocalStage> {
  const tables = openLocalTables();
  const aws = await tables.aws();
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'local' };
  const s3 = new S3Client({ endpoint: aws.url, region: 'us-east-1', credentials, forcePathStyle: true });
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  const objects = createS3ObjectStore({ client: s3, bucket: BUCKET });
  return {
    async open() {
      const access = await tables.create();
      aws.resetUsage();
      return { ...access, store: createDynamoMetricsStore(access), objects };
    },
    usage: async () => aws.usage(),
    async take() {
      const units = unitsOf(aws.usage());
      aws.resetUsage();
      return units;
    },
    async close() {
      s3.destroy();
      await tables.close();
    },
  };
}
