import { expect } from 'chai';
import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import { createVirtualClock, type VirtualClock } from '../mappings/testing/virtual-clock.ts';
import { deliverBatch, type GivenUpRecords } from './deliver-batch.ts';
import { readStreamSettings, type StreamSettings } from './stream-settings.ts';
import { numbersOf, record } from './testing/fake-stream.ts';

const NOW = 1_764_000_000_000;
const DONE: InvokeResult = { outcome: 'returned', value: { batchItemFailures: [] } };
const FAILED: InvokeResult = { outcome: 'failed', reason: 'boom' };
const itemFailed = (...numbers: number[]): InvokeResult => ({
  outcome: 'returned',
  value: { batchItemFailures: numbers.map((n) => ({ itemIdentifier: record(n).sequenceNumber })) },
});

describe('delivering a batch', () => {
  let clock: VirtualClock;
  beforeEach(() => {
    clock = createVirtualClock(NOW);
  });
  afterEach(() => clock.stop());

  async function deliver(
    numbers: readonly number[],
    answer: (numbers: readonly number[], invocation: number) => InvokeResult,
    { arrivalMs = NOW, ...settings }: Partial<StreamSettings> & { readonly arrivalMs?: number } = {},
  ) {
    const batches: number[][] = [];
    const givenUp: GivenUpRecords[] = [];
    const progress: number[] = [];
    const lines: string[] = [];
    const stopping = new AbortController();
    await deliverBatch(
      numbers.map((n) => record(n, arrivalMs)),
      {
        invoke: async (event) => {
          batches.push(numbersOf(event));
          if (batches.length > 40) stopping.abort();
          return answer(batches.at(-1) ?? [], batches.length);
        },
        settings: { ...readStreamSettings({ functionResponseType: 'ReportBatchItemFailures' }), ...settings },
        clock,
        giveUp: async (given) => void givenUp.push(given),
        progress: (sequenceNumber) => void progress.push(Number(sequenceNumber)),
        stopping: stopping.signal,
        log: (line) => lines.push(line),
      },
    );
    const lost = givenUp.flatMap(({ records }) => records.map(({ sequenceNumber }) => Number(sequenceNumber)));
    return { batches, progress, givenUp, lost, lines, elapsedMs: clock.now() - NOW };
  }

  it('is one invocation when the function returns', async () => {
    expect(await deliver([1, 2, 3], () => DONE)).to.deep.include({ batches: [[1, 2, 3]], progress: [3], lost: [] });
  });

  it('goes on from the lowest failed record', async () => {
    const { batches, progress } = await deliver([1, 2, 3, 4], (_, n) => (n === 1 ? itemFailed(4, 3) : DONE));
    expect(batches).to.deep.equal([
      [1, 2, 3, 4],
      [3, 4],
    ]);
    expect(progress).to.deep.equal([2, 4]);
  });

  it('repeats the whole batch when the function throws, with growing pauses', async () => {
    const { batches, elapsedMs } = await deliver([1, 2], (_, n) => (n < 4 ? FAILED : DONE));
    expect(batches).to.deep.equal([
      [1, 2],
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(elapsedMs).to.equal(200 + 400 + 800);
  });

  it('repeats the whole batch, unbisected, when the first record is reported', async () => {
    const answer = (_: unknown, n: number) => (n < 3 ? itemFailed(1) : DONE);
    const { batches, elapsedMs } = await deliver([1, 2], answer, { bisectOnError: true });
    expect(batches).to.deep.equal([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    expect(elapsedMs).to.equal(200 + 400);
  });

  it('ignores reported failures if the mapping does not ask for them', async () => {
    expect((await deliver([1, 2], () => itemFailed(1), { reportsItemFailures: false })).batches).to.have.length(1);
  });

  for (const value of [
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{ itemIdentifier: null }] },
    { batchItemFailures: [{ bad: '000001' }] },
    { batchItemFailures: [{ itemIdentifier: 'of another batch' }] },
    { batchItemFailures: 'all' },
  ]) {
    it(`takes ${JSON.stringify(value)} for a failure of everything`, async () => {
      const answer = (_: unknown, n: number): InvokeResult => (n === 1 ? { outcome: 'returned', value } : DONE);
      expect((await deliver([1, 2], answer)).batches).to.deep.equal([
        [1, 2],
        [1, 2],
      ]);
    });
  }

  for (const value of [null, undefined, {}, { batchItemFailures: null }, { batchItemFailures: [] }, 'done']) {
    it(`takes ${JSON.stringify(value)} for success`, async () => {
      expect((await deliver([1, 2], () => ({ outcome: 'returned', value }))).batches).to.have.length(1);
    });
  }

  it('isolates a poisonous record by halves and keeps the order', async () => {
    const poisoned = (numbers: readonly number[]) => (numbers.includes(3) ? FAILED : DONE);
    const settings = { bisectOnError: true, maximumRetryAttempts: 1 };
    const { batches, lost, progress } = await deliver([1, 2, 3, 4], poisoned, settings);
    expect(batches).to.deep.equal([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(lost).to.deep.equal([3]);
    expect(progress).to.deep.equal([2, 3, 4]);
  });

  it('gives up after the first attempt and the retries', async () => {
    const { batches, givenUp, progress, lines } = await deliver([1, 2], () => FAILED, { maximumRetryAttempts: 2 });
    const again = 'Failed, and will be tried again: boom';
    expect(lines).to.deep.equal([again, again, 'Failed for the last time: boom']);
    expect(batches).to.have.length(3);
    expect(givenUp).to.have.length(1);
    expect(givenUp[0]).to.include({ reason: 'RetryAttemptsExhausted', attempts: 3 });
    expect(progress).to.deep.equal([2]);
  });

  it('does not say that it tries again what will be too old by then', async () => {
    const settings = { arrivalMs: NOW - 900, maximumRecordAgeMs: 1_000 };
    const { lines, givenUp } = await deliver([1, 2], () => FAILED, settings);
    expect(givenUp[0]).to.include({ reason: 'RecordAgeExceeded', attempts: 1 });
    expect(lines).to.deep.equal(['Failed for the last time: boom']);
  });

  it('says for how much it tries again, in halves and from a record on', async () => {
    const halves = await deliver([1, 2], (_, n) => (n === 1 ? FAILED : DONE), { bisectOnError: true });
    expect(halves.lines).to.deep.equal(['Failed, and its halves will be tried again: boom']);
    const partial = await deliver([1, 2], (_, n) => (n === 1 ? itemFailed(2) : DONE));
    expect(partial.lines).to.deep.equal(['Failed, and will be tried again: the function named a record as failed']);
  });

  it('never gives up without limits', async () => {
    expect((await deliver([1], () => FAILED)).batches).to.have.length(41);
  });

  it('gives up records that have grown too old while it retried', async () => {
    const { givenUp, lost, batches } = await deliver([1, 2], () => FAILED, {
      maximumRecordAgeMs: 60_000,
      arrivalMs: NOW - 59_000,
    });
    expect(batches.length).to.be.greaterThan(1);
    expect(lost).to.deep.equal([1, 2]);
    expect(givenUp[0]?.reason).to.equal('RecordAgeExceeded');
  });

  it('does not invoke for records that are too old from the start', async () => {
    const { batches, lost } = await deliver([1], () => DONE, { maximumRecordAgeMs: 60_000, arrivalMs: NOW - 61_000 });
    expect(batches).to.deep.equal([]);
    expect(lost).to.deep.equal([1]);
  });

  it('does not count the times at which the service was not there', async () => {
    const answer = (_: unknown, n: number): InvokeResult => (n < 20 ? { outcome: 'unreachable' } : DONE);
    const { batches, lost } = await deliver([1], answer, { maximumRetryAttempts: 0 });
    expect(batches).to.have.length(20);
    expect(lost).to.deep.equal([]);
  });
});
