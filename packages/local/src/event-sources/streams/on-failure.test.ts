import { expect } from 'chai';
import type { RoleCheck } from '../../aws-door/rights/needs/acting-needs.ts';
import { everyRight } from '../../testing/every-right.ts';
import { type AnswerCall, recordedAws, refused } from '../../testing/recorded-aws.ts';
import type { GivenUpRecords } from './deliver-batch.ts';
import { createOnFailure } from './on-failure.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const SHARD = 'shardId-000000000001';
const STREAM_ARN = 'arn:aws:kinesis:us-east-1:000000000000:stream/events';
const GIVEN: GivenUpRecords = {
  reason: 'RetryAttemptsExhausted',
  attempts: 4,
  records: [1, 2].map((number) => ({
    ...{ sequenceNumber: `${number}`, arrival: 1_764_000_000.5 + number, eventRecord: { own: number }, bytes: 1 },
    filtered: () => ({}) as never,
  })),
};

describe('records that a function was given up for', () => {
  async function giveUp(destination: string | undefined, answer?: AnswerCall, lacks: RoleCheck = everyRight) {
    const aws = recordedAws(answer);
    const lines: string[] = [];
    const pauses: number[] = [];
    const clock = { now: () => NOW, sleep: async (ms: number) => void pauses.push(ms) };
    await createOnFailure({
      ...{ aws, lacks, destination, functionArn: 'arn:f', streamArn: STREAM_ARN, batchInfo: 'KinesisBatchInfo', clock },
      log: (line) => lines.push(line),
    })(SHARD, GIVEN);
    return { calls: aws.calls, lines, pauses };
  }

  it('are reported, and dropped without a destination, as Lambda does', async () => {
    const { calls, lines } = await giveUp(undefined);
    expect(calls).to.deep.equal([]);
    expect(lines).to.deep.equal([
      'shardId-000000000001: Gave up 2 records (RetryAttemptsExhausted), which are lost: the event has no on-failure destination',
    ]);
  });

  for (const [destination, name, field] of [
    ['arn:aws:sqs:us-east-1:000000000000:undelivered', 'sqs SendMessage', 'MessageBody'],
    ['arn:aws:sns:us-east-1:000000000000:alerts', 'sns Publish', 'Message'],
  ] as const) {
    it(`are named by their positions to ${destination}, which gets no data`, async () => {
      const { calls, lines } = await giveUp(destination);
      const kind = destination.includes(':sqs:') ? 'queue undelivered' : 'topic alerts';
      expect(lines).to.deep.equal([
        `shardId-000000000001: Gave up 2 records (RetryAttemptsExhausted), and sent their position to the ${kind}`,
      ]);
      const [called, input] = calls[0] ?? ['', {}];
      expect(called).to.equal(name);
      const message = JSON.parse((input as Record<string, string>)[field] ?? '');
      expect(message.requestContext).to.include({ functionArn: 'arn:f', approximateInvokeCount: 4 });
      expect(message.KinesisBatchInfo).to.deep.equal({
        ...{ shardId: SHARD, streamArn: STREAM_ARN, batchSize: 2 },
        ...{ startSequenceNumber: '1', endSequenceNumber: '2' },
        approximateArrivalOfFirstRecord: new Date(1_764_000_001_500).toISOString(),
        approximateArrivalOfLastRecord: new Date(1_764_000_002_500).toISOString(),
      });
      expect(message).not.to.have.property('payload');
    });
  }

  it('go nowhere where the role of the function does not allow it, and the log says so', async () => {
    const asked: string[] = [];
    const { calls, lines } = await giveUp('arn:aws:s3:::undelivered', undefined, (needs) => {
      asked.push(...needs.map(({ action, resource }) => `${action} ${resource}`));
      return 'the role lacks it';
    });
    expect(calls).to.deep.equal([]);
    expect(asked[0]).to.equal('s3:ListBucket arn:aws:s3:::undelivered');
    expect(asked[1]).to.match(/^s3:PutObject arn:aws:s3:::undelivered\/aws\/lambda\/events\//);
    expect(lines[0]).to.contain('AccessDenied: the role lacks it');
  });

  it('are kept whole in a bucket, under the day', async () => {
    const { calls, lines } = await giveUp('arn:aws:s3:::undelivered');
    expect(lines[0]).to.match(/, which are now in the bucket undelivered$/);
    const [name, input] = calls[0] ?? ['', {}];
    expect(name).to.match(
      /^s3 PUT \/undelivered\/aws\/lambda\/events\/shardId-000000000001\/2026\/01\/02\/2026-01-02T03\.04\.05-[\w-]{36}$/,
    );
    const { payload, version } = JSON.parse((input as { body: string }).body);
    expect(version).to.equal('1.0');
    expect(JSON.parse(payload)).to.deep.equal({ Records: [{ own: 1 }, { own: 2 }] });
  });

  const cut: AnswerCall = () => {
    throw new Error('socket hang up');
  };
  for (const destination of ['arn:aws:s3:::undelivered', 'arn:aws:sqs:us-east-1:000000000000:undelivered']) {
    for (const [what, answer, reason] of [
      ['refuses them', () => refused('SlowDown'), 'SlowDown: it says SlowDown'],
      ['is not reached', cut, 'socket hang up'],
    ] as const) {
      it(`are sent three times if ${destination} ${what}, and reported, and the shard continues`, async () => {
        const { calls, lines } = await giveUp(destination, answer);
        expect(calls).to.have.length(3);
        const line = `${destination} did not take the records that were given up: Error: ${reason}`;
        expect(lines.slice(0, 3)).to.deep.equal([line, line, line]);
        expect(lines.slice(3)).to.deep.equal([
          'shardId-000000000001: Gave up 2 records (RetryAttemptsExhausted), which are lost',
        ]);
      });
    }
  }

  it('are sent once more, after a pause, if the destination then takes them', async () => {
    const outcomes = [refused('SlowDown')];
    const { calls, lines, pauses } = await giveUp('arn:aws:s3:::undelivered', () => outcomes.shift());
    expect([calls.length, lines.length, pauses]).to.deep.equal([2, 2, [1000]]);
  });
});
