import { type KinesisClient, ProvisionedThroughputExceededException } from '@aws-sdk/client-kinesis';
import { expect } from 'chai';
import type { TipPage } from '../progress/stream-tip.ts';
import { createKinesisTip } from './kinesis-tip.ts';

const SHARD_ID = 'shardId-000000000000';

describe('the answers of a shard', () => {
  let sent: { name: string; input: object; at: number }[];
  beforeEach(() => {
    sent = [];
  });

  /** Reads all answers from a place on. An answer that is an error is thrown. */
  async function read(next: string, answers: readonly (object | Error)[]): Promise<TipPage[]> {
    const left = [...answers];
    const send = async (command: { input: object }) => {
      sent.push({ name: command.constructor.name, input: command.input, at: performance.now() });
      const answer = left.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    };
    const client = { send } as unknown as KinesisClient;
    const pages: TipPage[] = [];
    for await (const page of createKinesisTip({ client, streamName: 's' }).readFrom(SHARD_ID, { next })) {
      pages.push(page);
    }
    return pages;
  }

  it('go on where one ended, at less than five a second, up to the end of a closed shard', async () => {
    const pages = await read('a', [{ MillisBehindLatest: 5, NextShardIterator: 'b' }, { MillisBehindLatest: 0 }]);
    expect(pages).to.deep.equal([
      { records: [], isTip: false, next: 'b' },
      { records: [], isTip: true, next: undefined },
    ]);
    expect(sent.map(({ name, input }) => [name, input])).to.deep.equal([
      ['GetRecordsCommand', { ShardIterator: 'a', Limit: 2 }],
      ['GetRecordsCommand', { ShardIterator: 'b', Limit: 2 }],
    ]);
    expect((sent[1]?.at ?? 0) - (sent[0]?.at ?? 0)).to.be.at.least(250);
  });

  it('tell nothing while others read the shard, and come from the same place again', async () => {
    const throttled = new ProvisionedThroughputExceededException({ message: 'Rate exceeded', $metadata: {} });
    const pages = await read('a', [throttled, { MillisBehindLatest: 0 }]);
    expect(pages[0]).to.deep.equal({ records: [], isTip: false, next: 'a' });
    expect(sent.map(({ input }) => input)).to.deep.equal(Array(2).fill({ ShardIterator: 'a', Limit: 2 }));
  });

  it('fail with what else Kinesis refuses', async () => {
    const error = await read('a', [new Error('expired')]).catch((reason: unknown) => reason);
    expect(error).to.have.property('message', 'expired');
  });
});
