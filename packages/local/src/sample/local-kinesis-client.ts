import { KinesisClient } from '@aws-sdk/client-kinesis';

/** A client of the local AWS; the door reads who calls, and checks no secret. */
export function createLocalKinesisClient(awsUrl: string, region: string): KinesisClient {
  const credentials = { accessKeyId: 'sample', secretAccessKey: 'local' };
  return new KinesisClient({ endpoint: awsUrl, region, credentials, maxAttempts: 5 });
}
