import { silentLog, type Telemetry } from '@weir/logging';
import type { Context, SQSEvent } from 'aws-lambda';
import { expect } from 'chai';
import { createWorkHandler } from './work-handler.ts';

const RECEIVES = 3;

/** A handler whose parts fail while `fails`, and what it did. */
function createRun({ fails, isHidingPossible = true }: { fails: boolean; isHidingPossible?: boolean }) {
  const worked: unknown[] = [];
  const hidden: unknown[] = [];
  const counted: string[] = [];
  const meter = { count: (name: string) => void counted.push(name), observe: () => undefined };
  const telemetry: Telemetry = { log: silentLog, meter, observe: (_, work) => work() };
  const handler = createWorkHandler(telemetry, {
    work: async (message, isLastReceive) => {
      worked.push([message, isLastReceive]);
      if (fails) throw new Error('no');
    },
    hide: async (...call) => {
      hidden.push(call);
      if (!isHidingPossible) throw new Error('SQS is down');
    },
    receives: RECEIVES,
    retrySeconds: 30,
  });
  const receive = (count: number, body = '{"jobId":"a","cut":"c","part":7}') => {
    const record = { messageId: 'm', receiptHandle: 'r', body, attributes: { ApproximateReceiveCount: String(count) } };
    return handler({ Records: [record] } as unknown as SQSEvent, {} as Context);
  };
  return { receive, worked, hidden, counted };
}

describe('the worker as a Lambda function', () => {
  it('runs the part of a message, and has no failures', async () => {
    const run = createRun({ fails: false });
    expect(await run.receive(1)).to.deep.equal({ batchItemFailures: [] });
    expect(run.worked).to.deep.equal([[{ jobId: 'a', cut: 'c', part: 7 }, false]]);
    expect([run.hidden, run.counted]).to.deep.equal([[], []]);
  });

  for (const [receive, isLast, seconds] of [
    [1, false, 30],
    [2, false, 60],
    [3, true, 0],
    // A message that was hidden again is counted again.
    [4, true, 0],
  ] as const) {
    it(`names a part that fails in receive ${receive}, ${isLast ? 'the last one' : `and hides it for ${seconds} s`}`, async () => {
      const run = createRun({ fails: true });
      expect(await run.receive(receive)).to.deep.equal({ batchItemFailures: [{ itemIdentifier: 'm' }] });
      expect(run.worked).to.deep.equal([[{ jobId: 'a', cut: 'c', part: 7 }, isLast]]);
      expect(run.hidden).to.deep.equal([['r', seconds]]);
      expect(run.counted).to.deep.equal(['PartsFailed']);
    });
  }

  it('names the part also if SQS does not hide it', async () => {
    const run = createRun({ fails: true, isHidingPossible: false });
    expect(await run.receive(1)).to.deep.equal({ batchItemFailures: [{ itemIdentifier: 'm' }] });
  });

  it('names a message that it cannot read, without running anything', async () => {
    const run = createRun({ fails: false });
    expect(await run.receive(1, 'nonsense')).to.deep.equal({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    expect(run.worked).to.deep.equal([]);
  });
});
