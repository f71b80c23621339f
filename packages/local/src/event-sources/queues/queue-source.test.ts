import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import type { RunningSource } from '../mappings/event-source-mapping.ts';
import { createVirtualClock, type VirtualClock } from '../mappings/testing/virtual-clock.ts';
import { type QueueContext, readQueueSettings } from './queue-settings.ts';
import { startQueueSource } from './queue-source.ts';
import { createFakeQueue, type FakeQueue, type FakeQueueOptions } from './testing/fake-queue.ts';

const DONE: InvokeResult = { outcome: 'returned', value: null };
const FAILED: InvokeResult = { outcome: 'failed', reason: 'crash' };
const CONTEXT: QueueContext = { queueName: 'jobs', functionTimeoutSeconds: 5, visibilitySeconds: 30 };
const NEVER = new AbortController().signal;

interface Delivered {
  readonly numbers: readonly number[];
  readonly at: number;
}

type Answer = (delivery: Delivered) => InvokeResult | Promise<InvokeResult>;

const failing = (...numbers: number[]): InvokeResult => ({
  outcome: 'returned',
  value: { batchItemFailures: numbers.map((number) => ({ itemIdentifier: `m${number}` })) },
});

describe('an event source of a queue', () => {
  let clock: VirtualClock;
  let queue: FakeQueue;
  let delivered: Delivered[];
  let source: RunningSource | undefined;
  let lines: string[];

  beforeEach(() => {
    clock = createVirtualClock();
    delivered = [];
    lines = [];
    useQueue({ visibilitySeconds: 30 });
  });
  afterEach(() => {
    const stopped = source?.stop();
    return stopped?.finally(clock.stop) ?? clock.stop();
  });

  function useQueue(options: FakeQueueOptions): void {
    queue = createFakeQueue(clock, options);
  }
  function start(settings: object = {}, answer: Answer = () => DONE, { queueName = 'jobs', port = queue } = {}): void {
    const declared = { functionResponseType: 'ReportBatchItemFailures', ...settings };
    source = startQueueSource({
      ...{ port, clock, visibilitySeconds: 30, log: (line) => void lines.push(line) },
      settings: readQueueSettings(declared, {}, { ...CONTEXT, queueName }),
      invoke: async (event) => {
        const { Records } = event as { Records: { number: number }[] };
        const delivery = { numbers: Records.map(({ number }) => number), at: clock.now() };
        delivered.push(delivery);
        return answer(delivery);
      },
    });
  }
  /** Lets virtual time pass until the condition holds. */
  async function until(condition: () => boolean): Promise<void> {
    for (let turns = 0; turns < 5000 && !condition(); turns += 1) await turn();
    expect(condition(), condition.toString()).to.equal(true);
  }
  const pass = (ms: number) => clock.sleep(ms, NEVER);
  const send = (from: number, to = from) => {
    for (let number = from; number <= to; number += 1) queue.send(number);
    source?.wake();
  };
  const batches = () => delivered.map(({ numbers }) => numbers);
  const isEmpty = () => queue.left().length === 0;

  it('delivers what is in the queue, and deletes what the function did', async () => {
    send(1, 3);
    start();
    await until(isEmpty);
    expect(batches()).to.deep.equal([[1, 2, 3]]);
  });

  it('looks at once when it is woken, and once a second by itself', async () => {
    start();
    await pass(5500);
    const began = clock.now();
    send(1);
    await until(() => delivered.length === 1);
    expect((delivered[0]?.at ?? 0) - began).to.be.lessThan(5);
    queue.send(2);
    await until(() => delivered.length === 2);
    expect((delivered[1]?.at ?? 0) - began).to.be.within(900, 2100);
  });

  it('fills batches to their size', async () => {
    send(1, 25);
    start({ batchSize: 10, maximumConcurrency: 2 });
    await until(isEmpty);
    expect(batches().map(({ length }) => length)).to.deep.equal([10, 10, 5]);
  });

  it('gathers for the batching window, over more than one receive', async () => {
    start({ batchSize: 100, maximumBatchingWindow: 2 });
    const began = clock.now();
    send(1, 15);
    await pass(1000);
    send(16, 30);
    await until(isEmpty);
    expect(batches().map(({ length }) => length)).to.deep.equal([30]);
    expect((delivered[0]?.at ?? 0) - began).to.be.within(1900, 2300);
  });

  it('does not wait for the window when the batch is full', async () => {
    const began = clock.now();
    send(1, 20);
    start({ batchSize: 20, maximumBatchingWindow: 300 });
    await until(isEmpty);
    expect((delivered[0]?.at ?? 0) - began).to.be.lessThan(1000);
  });

  it('keeps an invocation under 6 MB', async () => {
    for (let number = 1; number <= 10; number += 1) queue.send(number, { bytes: 1_000_000 });
    start();
    await until(isEmpty);
    expect(batches().map(({ length }) => length)).to.deep.equal([6, 4]);
  });

  it('invokes at most so many at once as maximumConcurrency says', async () => {
    let running = 0;
    let most = 0;
    send(1, 40);
    start({ batchSize: 1, maximumConcurrency: 3 }, async () => {
      running += 1;
      most = Math.max(most, running);
      await pass(1000);
      running -= 1;
      return DONE;
    });
    await until(isEmpty);
    expect(most).to.equal(3);
  });

  it('delivers a batch again after the visibility time-out when the function throws', async () => {
    send(1, 2);
    start({}, () => (delivered.length < 3 ? FAILED : DONE));
    await until(isEmpty);
    expect(batches()).to.deep.equal([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    const pauses = delivered.slice(1).map(({ at }, index) => at - (delivered[index]?.at ?? 0));
    for (const pause of pauses) expect(pause).to.be.within(30_000, 31_100);
  });

  it('delivers only the messages that a partial response names again', async () => {
    send(1, 4);
    start({}, ({ numbers }) => (numbers.length === 4 ? failing(2, 4) : DONE));
    await until(isEmpty);
    expect(batches()).to.deep.equal([
      [1, 2, 3, 4],
      [2, 4],
    ]);
  });

  it('takes what the function returns for success where the mapping asks for no partial responses', async () => {
    send(1, 2);
    start({ functionResponseType: undefined }, () => failing(1));
    await until(isEmpty);
    expect(batches()).to.deep.equal([[1, 2]]);
  });

  for (const value of [
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{ itemIdentifier: null }] },
    { batchItemFailures: [{ bad: 'm1' }] },
    { batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'of another batch' }] },
    { batchItemFailures: 'all' },
  ]) {
    it(`takes ${JSON.stringify(value)} for a failure of everything`, async () => {
      send(1, 2);
      start({}, () => (delivered.length === 1 ? { outcome: 'returned', value } : DONE));
      await until(isEmpty);
      expect(batches()).to.deep.equal([
        [1, 2],
        [1, 2],
      ]);
    });
  }

  it('leaves a poison message to the dead letters after maxReceiveCount attempts, and does the others', async () => {
    useQueue({ visibilitySeconds: 30, maxReceiveCount: 3 });
    send(1, 5);
    start({}, ({ numbers }) => (numbers.includes(3) ? failing(3) : DONE));
    await until(isEmpty);
    expect(queue.deadLetters).to.deep.equal([3]);
    expect(queue.receivedAt(3)).to.have.length(3);
    for (const number of [1, 2, 4, 5]) expect(queue.receivedAt(number)).to.have.length(1);
  });

  it('waits for delayed messages', async () => {
    const began = clock.now();
    queue.send(1, { delayMs: 7000 });
    start();
    await until(isEmpty);
    expect((delivered[0]?.at ?? 0) - began).to.be.within(7000, 8100);
  });

  it('deletes what no filter pattern matches, without delivering it', async () => {
    send(1, 6);
    start({ filterPatterns: [{ body: { isEven: [true] } }] });
    await until(isEmpty);
    expect(batches()).to.deep.equal([[2, 4, 6]]);
  });

  it('does not count the times at which the service was not there', async () => {
    useQueue({ visibilitySeconds: 30, maxReceiveCount: 1 });
    send(1, 2);
    const comesBackAt = clock.now() + 120_000;
    start({}, () => (clock.now() < comesBackAt ? { outcome: 'unreachable' } : DONE));
    await until(isEmpty);
    expect(queue.deadLetters).to.deep.equal([]);
    expect(queue.receivedAt(1)).to.have.length(1);
  });

  it('makes messages visible again when it stops before their service came', async () => {
    send(1, 2);
    start({}, () => ({ outcome: 'unreachable' }));
    await until(() => delivered.length > 0);
    await source?.stop();
    expect(await queue.receive(10)).to.have.length(2);
  });

  it('makes messages visible again that it held for the window when it stops', async () => {
    send(1, 2);
    start({ batchSize: 100, maximumBatchingWindow: 60 });
    await until(() => queue.receivedAt(2).length === 1);
    await source?.stop();
    expect(delivered).to.deep.equal([]);
    expect(await queue.receive(10)).to.have.length(2);
  });

  it('waits for the invocation under way when it stops, and deletes what that did', async () => {
    send(1);
    let finish: (result: InvokeResult) => void = () => {};
    start({}, () => new Promise((resolve) => (finish = resolve)));
    await until(() => delivered.length === 1);
    const stopping = source?.stop();
    await pass(3000);
    expect(queue.left()).to.deep.equal([1]);
    finish(DONE);
    await stopping;
    expect(queue.left()).to.deep.equal([]);
  });

  it('deletes again where the queue did not answer', async () => {
    send(1);
    let refusals = 2;
    const port: FakeQueue = {
      ...queue,
      delete: async (messages) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('ServiceUnavailable');
        await queue.delete(messages);
      },
    };
    start({}, () => DONE, { port });
    await until(isEmpty);
    expect(delivered).to.have.length(1);
    expect(lines).to.have.length(2);
  });

  it('goes on when the queue does not answer for a while', async () => {
    send(1);
    const back = clock.now() + 5000;
    const receive: FakeQueue['receive'] = async (max) => {
      if (clock.now() < back) throw new Error('ServiceUnavailable');
      return queue.receive(max);
    };
    start({}, () => DONE, { port: { ...queue, receive } });
    await until(isEmpty);
    expect(delivered).to.have.length(1);
  });

  describe('that is FIFO', () => {
    beforeEach(() => useQueue({ visibilitySeconds: 30, isFifo: true, maxReceiveCount: 3 }));
    const sendTo = (groupId: string, ...numbers: number[]) => {
      for (const number of numbers) queue.send(number, { groupId });
    };
    const startFifo = (answer: Answer, settings = {}) => start(settings, answer, { queueName: 'jobs.fifo' });

    it('keeps the order of each group, and lets no failure of one hold up another', async () => {
      sendTo('a', 1, 2, 3);
      sendTo('b', 11, 12, 13);
      const done: number[] = [];
      startFifo(
        ({ numbers: [number = 0] }) => {
          if (number === 2 && queue.receivedAt(2).length < 3) return FAILED;
          done.push(number);
          return DONE;
        },
        { batchSize: 1 },
      );
      await until(isEmpty);
      expect(done.filter((number) => number < 10)).to.deep.equal([1, 2, 3]);
      expect(done.filter((number) => number > 10)).to.deep.equal([11, 12, 13]);
      expect(done.indexOf(13)).to.be.lessThan(done.indexOf(2));
    });

    it('goes on with a group when its poison message is a dead letter', async () => {
      sendTo('a', 1, 2, 3);
      startFifo(({ numbers }) => (numbers.includes(2) ? failing(...numbers.filter((number) => number >= 2)) : DONE));
      await until(isEmpty);
      expect(queue.deadLetters).to.include(2);
      expect(queue.receivedAt(2)).to.have.length(3);
    });
  });

  it('loses nothing, whatever becomes of the function: each message is done, or a dead letter after its attempts', async () => {
    const kinds = fc.constantFrom('done', 'crash-before', 'crash-after', 'partial', 'unreachable', 'restart');
    await fc.assert(
      fc.asyncProperty(fc.array(kinds, { maxLength: 25 }), fc.boolean(), async (answers, isFifo) => {
        await source?.stop();
        useQueue({ visibilitySeconds: 30, isFifo, maxReceiveCount: 4 });
        const left = [...answers];
        const done: number[] = [];
        let restart = false;
        const answer: Answer = ({ numbers }) => {
          const next = left.shift() ?? 'done';
          if (next === 'unreachable' || next === 'restart') {
            restart = next === 'restart';
            return { outcome: 'unreachable' };
          }
          if (next === 'crash-before') return FAILED;
          const worked = next === 'partial' ? numbers.slice(0, 1) : numbers;
          done.push(...worked);
          return next === 'crash-after' ? FAILED : failing(...numbers.slice(worked.length));
        };
        for (let number = 1; number <= 8; number += 1) queue.send(number, { groupId: number % 2 ? 'a' : 'b' });
        const begin = () => start({ batchSize: 3 }, answer, { queueName: isFifo ? 'jobs.fifo' : 'jobs' });
        begin();
        for (let turns = 0; turns < 20_000 && !isEmpty(); turns += 1) {
          await turn();
          if (!restart) continue;
          restart = false;
          await source?.stop();
          begin();
        }
        const all = [1, 2, 3, 4, 5, 6, 7, 8];
        expect([...new Set([...done, ...queue.deadLetters])].toSorted((a, b) => a - b)).to.deep.equal(all);
        for (const number of queue.deadLetters) expect(queue.receivedAt(number)).to.have.length(4);
        for (const rest of isFifo ? [0, 1] : []) {
          const first = [...new Set(done)].filter((number) => number % 2 === rest);
          expect(first).to.deep.equal(first.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);
});

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
    expect(readQueueSettings({ maximumConcurrency: 1000 }, {}, CONTEXT).concurrency).to.equal(10);
  });
});
