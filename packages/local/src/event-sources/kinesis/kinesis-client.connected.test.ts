import { setTimeout as sleep } from 'node:timers/promises';
import { type AwsClient, createAwsClient } from '../../aws-calls/aws-client.ts';
import type { Emulator } from '../../emulators/emulator.ts';
import { startKinesis } from '../../emulators/kinesis.ts';
import { streamContract } from '../streams/testing/stream-port.contract.ts';
import { openKinesisStream } from './kinesis-client.ts';

describe('a Kinesis stream', () => {
  let kinesis: Emulator;
  let aws: AwsClient;
  let made = 0;
  before(async () => {
    kinesis = await startKinesis(undefined);
    aws = createAwsClient(() => `http://127.0.0.1:${kinesis.port}`, 'tester');
  });
  after(() => kinesis?.close());

  streamContract({
    create: async () => {
      made += 1;
      const StreamName = `contract-${made}`;
      await aws.json('kinesis', 'CreateStream', { StreamName, ShardCount: 1 });
      await sleep(50);
      const streamArn = `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`;
      const { port } = await openKinesisStream(aws, { streamArn, region: 'us-east-1', roleArn: 'role' });
      const put = async (number: number) => {
        const Data = Buffer.from(String(number)).toString('base64');
        await aws.json('kinesis', 'PutRecord', { StreamName, PartitionKey: `ü${number}`, Data });
      };
      return { port, put };
    },
    numberOf: (record) => Number(record.filtered().payload),
  });
});
