import { setTimeout as sleep } from 'node:timers/promises';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordCommand,
  SplitShardCommand,
} from '@aws-sdk/client-kinesis';
import { padSequenceNumber } from '@weir/events';
import { type LocalAws, startLocalAws } from '@weir/local';
import { expect } from 'chai';
import type { TipPage, TipStart } from '../progress/stream-tip.ts';
import { createKinesisTip } from './kinesis-tip.ts';

const STREAM = 'tip';
const FROM_OLDEST: TipStart = { sequenceNumber: undefined };

describe('what Kinesis tells of its shards', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let client: KinesisClient;
  const tip = () => createKinesisTip({ client, streamName: STREAM });
  const untilActive = async () => {
    const summary = () => client.send(new DescribeStreamSummaryCommand({ StreamName: STREAM }));
    while ((await summary()).StreamDescriptionSummary?.StreamStatus !== 'ACTIVE') await sleep(20);
  };
  const put = async (text: string) => {
    const record = { StreamName: STREAM, PartitionKey: 'k', Data: Buffer.from(text) };
    return padSequenceNumber((await client.send(new PutRecordCommand(record))).SequenceNumber ?? '');
  };
  /** Answers up to the first that says that the shard holds no more, at present or for ever. */
  const read = async (shardId: string, start: TipStart = FROM_OLDEST, until: 'tip' | 'end' = 'tip') => {
    const pages: TipPage[] = [];
    for await (const page of tip().readFrom(shardId, start)) {
      pages.push(page);
      if (page.isTip && until === 'tip') break;
    }
    const texts = pages.flatMap(({ records }) => records.map(({ data }) => Buffer.from(data, 'base64').toString()));
    return { texts, pages, isTip: pages.at(-1)?.isTip, isEnd: pages.at(-1)?.next === undefined };
  };

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const credentials = { accessKeyId: 'tester', secretAccessKey: 'local' };
    client = new KinesisClient({ endpoint: aws.url, region: 'us-east-1', credentials });
    await client.send(new CreateStreamCommand({ StreamName: STREAM, ShardCount: 1 }));
    await untilActive();
  });
  after(async () => {
    client.destroy();
    await aws.close();
  });

  it('is nothing of an empty shard, the records past a place, and at last the tip', async () => {
    const [shard] = await tip().listShards();
    const shardId = shard?.shardId ?? '';
    expect(await read(shardId)).to.deep.include({ texts: [], isTip: true, isEnd: false });
    const before = Date.now();
    const numbers = [await put('a'), await put('b'), await put('c'), await put('d')];
    expect(await read(shardId)).to.deep.include({ texts: ['a', 'b', 'c', 'd'], isTip: true, isEnd: false });
    const { texts, pages } = await read(shardId, { sequenceNumber: numbers[2] });
    expect(texts).to.deep.equal(['c', 'd']);
    const [record] = pages.flatMap(({ records }) => records);
    expect(record?.sequenceNumber).to.equal(numbers[2]);
    expect(record?.arrival).to.be.within(before - 1000, Date.now() + 1000);
    const next = pages.at(-1)?.next ?? '';
    await put('e');
    expect(await read(shardId, { next })).to.deep.include({ texts: ['e'], isTip: true });
  });

  it('is the end of a shard that was split, and the tip of its silent children', async () => {
    const [shard] = await tip().listShards();
    const half = String(2n ** 127n);
    const split = { StreamName: STREAM, ShardToSplit: shard?.shardId, NewStartingHashKey: half };
    await client.send(new SplitShardCommand(split));
    await untilActive();
    const [parent, ...children] = await tip().listShards();
    expect(children.map(({ parents }) => parents)).to.deep.equal([[parent?.logId], [parent?.logId]]);
    const whole = await read(parent?.shardId ?? '', FROM_OLDEST, 'end');
    expect(whole).to.deep.include({ texts: ['a', 'b', 'c', 'd', 'e'], isEnd: true });
    for (const { shardId } of children) expect(await read(shardId)).to.deep.include({ texts: [], isTip: true });
  });
});
