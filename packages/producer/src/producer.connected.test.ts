import {
  CreateStreamCommand,
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
} from '@aws-sdk/client-kinesis';
import { type LocalAws, startLocalAws } from '@weir/local';
import { expect } from 'chai';
import { createProducer } from './create-producer.ts';

const STREAM = 'events';
const EVENTS = 3_000;

describe('the producer on the local stream', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let kinesis: KinesisClient;

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const credentials = { accessKeyId: 'producer', secretAccessKey: 'local' };
    kinesis = new KinesisClient({ endpoint: aws.url, region: 'us-east-1', credentials, maxAttempts: 1 });
    await kinesis.send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: 1 }));
  });

  after(async () => {
    kinesis?.destroy();
    await aws?.close();
  });

  async function idsOnStream(): Promise<string[]> {
    const from = { StreamName: STREAM, ShardId: 'shardId-000000000000', ShardIteratorType: 'TRIM_HORIZON' } as const;
    let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(from));
    const ids: string[] = [];
    for (let isBehind = true; isBehind; ) {
      const page = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
      for (const { Data } of page.Records ?? []) ids.push(JSON.parse(Buffer.from(Data ?? []).toString()).id);
      ShardIterator = page.NextShardIterator;
      isBehind = (page.Records?.length ?? 0) > 0;
    }
    return ids;
  }

  it('puts every event there, through throttling, errors and a lost answer', async () => {
    const faults = [
      { kind: 'throttle', times: 2 },
      { kind: 'error', times: 1 },
      { kind: 'drop-after', times: 1 },
    ] as const;
    for (const fault of faults) aws.addFaults({ match: { service: 'kinesis', action: 'PutRecords' }, ...fault });
    const givenUp: unknown[] = [];
    const producer = createProducer({
      client: kinesis,
      streamName: STREAM,
      onGivenUp: (some) => givenUp.push(some),
      maxBufferedBytes: 512 * 1024,
    });
    for (let i = 0; i < EVENTS; i++) {
      await producer.send({ id: `id-${i}`, userId: 'u', action: 'a', timestamp: Date.now() });
    }
    await producer.close();
    expect(givenUp).to.deep.equal([]);
    const ids = await idsOnStream();
    expect(new Set(ids).size).to.equal(EVENTS);
    expect(ids.length, 'the call whose answer was lost is there twice').to.be.greaterThan(EVENTS);
  });
});
