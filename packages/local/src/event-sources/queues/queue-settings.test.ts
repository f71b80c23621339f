import { expect } from 'chai';
import { readQueueSettings } from './queue-settings.ts';
import { CONTEXT } from './testing/queue-run.ts';

describe('the settings of a queue', () => {
  for (const [settings, context, problem] of [
    [{ batchSize: 11 }, {}, /^A batchSize over 10 \(jobs\) needs a maximumBatchingWindow/],
    [{ maximumBatchingWindow: 1 }, { queueName: 'jobs.fifo' }, /^The FIFO queue jobs.fifo takes/],
    [{ batchSize: 11, maximumBatchingWindow: 1 }, { queueName: 'jobs.fifo' }, /^The FIFO queue jobs.fifo takes/],
    [
      {},
      { functionTimeoutSeconds: 31 },
      /time-out of jobs \(30 s\) is shorter than the time-out of the function \(31 s\)/,
    ],
    [{ filterPatterns: [{ body: [] }] }, {}, /^"body" takes an array that is not empty/],
  ] as const) {
    it(`are refused: ${JSON.stringify({ ...settings, ...context })}`, () => {
      expect(() => readQueueSettings(settings, {}, { ...CONTEXT, ...context })).to.throw(problem);
    });
  }

  it('are what the framework packages where nothing is said', () => {
    const { filter: _filter, ...settings } = readQueueSettings({}, {}, CONTEXT);
    expect(settings).to.deep.equal({
      ...{ batchSize: 10, batchWindowMs: 0, concurrency: 5, reportsItemFailures: false, isFifo: false },
    });
  });

  it('let no mapping have more invocations at once than one machine has room for', () => {
    expect(readQueueSettings({ maximumConcurrency: 2 }, {}, CONTEXT).concurrency).to.equal(2);
    expect(readQueueSettings({ maximumConcurrency: 1000 }, {}, CONTEXT).concurrency).to.equal(20);
  });
});
