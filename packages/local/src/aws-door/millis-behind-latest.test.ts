import { expect } from 'chai';
import type { Reply } from '../aws-calls/aws-call.ts';
import { withMillisBehindLatest } from './millis-behind-latest.ts';

const NOW = 1_764_000_000_000;
const replyOf = (value: object, status = 200): Reply => ({
  status,
  headers: { 'content-type': 'application/x-amz-json-1.1' },
  body: Buffer.from(JSON.stringify(value)),
});
const ANSWER = { MillisBehindLatest: 0, NextShardIterator: 'next==', Records: [{ Data: 'é', PartitionKey: '"é"' }] };

describe('MillisBehindLatest', () => {
  const put = (next: object, answer = replyOf(ANSWER)) => {
    const asked: string[] = [];
    const readNext = async (shardIterator: string) => {
      asked.push(shardIterator);
      return replyOf(next);
    };
    return withMillisBehindLatest(answer, readNext, NOW).then((reply) => ({ reply, asked }));
  };

  it('is the age of the next record', async () => {
    const next = { Records: [{ ApproximateArrivalTimestamp: NOW / 1000 - 12.345 }] };
    const { reply, asked } = await put(next);
    expect(JSON.parse(reply.body.toString('utf8'))).to.deep.equal({ ...ANSWER, MillisBehindLatest: 12_345 });
    expect(asked).to.deep.equal(['next==']);
  });

  it('is 0 at the tip, and for a record that came this very moment', async () => {
    for (const Records of [[], [{ ApproximateArrivalTimestamp: NOW / 1000 + 1 }]]) {
      const { reply } = await put({ Records });
      expect(JSON.parse(reply.body.toString('utf8'))).to.deep.equal(ANSWER);
    }
  });

  it('is left alone in refusals, and at the end of a closed shard', async () => {
    for (const answer of [replyOf({ __type: 'ExpiredIteratorException' }, 400), replyOf({ MillisBehindLatest: 7 })]) {
      const { reply, asked } = await put({}, answer);
      expect(reply).to.equal(answer);
      expect(asked).to.deep.equal([]);
    }
  });
});
