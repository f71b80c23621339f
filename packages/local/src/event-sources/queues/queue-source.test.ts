import { expect } from 'chai';
import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import type { FakeQueue, FakeQueueOptions } from './testing/fake-queue.ts';
import { createQueueRun, DONE, FAILED, failing, type QueueRun } from './testing/queue-run.ts';

describe('an event source of a queue', () => {
  let run: QueueRun;
  beforeEach(() => {
    run = createQueueRun();
  });
  afterEach(() => run.end());

  async function use(options: Partial<FakeQueueOptions>): Promise<void> {
    await run.end();
    run = createQueueRun(options);
  }

  it('delivers what is in the queue, and deletes what the function did', async () => {
    run.send(1, 3);
    run.start();
    await run.until(run.isEmpty);
    expect(run.batches()).to.deep.equal([[1, 2, 3]]);
  });

  it('looks at once when it is woken, and once a second by itself', async () => {
    run.start();
    await run.pass(5500);
    const began = run.clock.now();
    run.send(1);
    await run.until(() => run.delivered.length === 1);
    expect((run.delivered[0]?.at ?? 0) - began).to.be.lessThan(5);
    run.queue.send(2);
    await run.until(() => run.delivered.length === 2);
    expect((run.delivered[1]?.at ?? 0) - began).to.be.within(900, 2100);
  });

  it('fills batches to their size', async () => {
    run.send(1, 25);
    run.start({ batchSize: 10, maximumConcurrency: 2 });
    await run.until(run.isEmpty);
    expect(run.batches().map(({ length }) => length)).to.deep.equal([10, 10, 5]);
  });

  it('gathers for the batching window, over more than one receive', async () => {
    run.start({ batchSize: 100, maximumBatchingWindow: 2 });
    const began = run.clock.now();
    run.send(1, 15);
    await run.pass(1000);
    run.send(16, 30);
    await run.until(run.isEmpty);
    expect(run.batches().map(({ length }) => length)).to.deep.equal([30]);
    expect((run.delivered[0]?.at ?? 0) - began).to.be.within(1900, 2300);
  });

  it('does not wait for the window when the batch is full', async () => {
    const began = run.clock.now();
    run.send(1, 20);
    run.start({ batchSize: 20, maximumBatchingWindow: 300 });
    await run.until(run.isEmpty);
    expect((run.delivered[0]?.at ?? 0) - began).to.be.lessThan(1000);
  });

  it('keeps an invocation under 6 MB', async () => {
    for (let number = 1; number <= 10; number += 1) run.queue.send(number, { bytes: 1_000_000 });
    run.start();
    await run.until(run.isEmpty);
    expect(run.batches().map(({ length }) => length)).to.deep.equal([6, 4]);
  });

  it('invokes at most so many at once as maximumConcurrency says', async () => {
    let running = 0;
    let most = 0;
    run.send(1, 40);
    run.start({ batchSize: 1, maximumConcurrency: 3 }, async () => {
      running += 1;
      most = Math.max(most, running);
      await run.pass(1000);
      running -= 1;
      return DONE;
    });
    await run.until(run.isEmpty);
    expect(most).to.equal(3);
  });

  it('delivers a batch again after the visibility time-out when the function throws', async () => {
    run.send(1, 2);
    run.start({}, () => (run.delivered.length < 3 ? FAILED : DONE));
    await run.until(run.isEmpty);
    expect(run.batches()).to.deep.equal([
      [1, 2],
      [1, 2],
      [1, 2],
    ]);
    const pauses = run.delivered.slice(1).map(({ at }, index) => at - (run.delivered[index]?.at ?? 0));
    for (const pause of pauses) expect(pause).to.be.within(30_000, 31_100);
  });

  it('delivers only the messages that a partial response names again', async () => {
    run.send(1, 4);
    run.start({}, ({ numbers }) => (numbers.length === 4 ? failing(2, 4) : DONE));
    await run.until(run.isEmpty);
    expect(run.batches()).to.deep.equal([
      [1, 2, 3, 4],
      [2, 4],
    ]);
  });

  it('takes what the function returns for success where the mapping asks for no partial responses', async () => {
    run.send(1, 2);
    run.start({ functionResponseType: undefined }, () => failing(1));
    await run.until(run.isEmpty);
    expect(run.batches()).to.deep.equal([[1, 2]]);
  });

  for (const value of [
    { batchItemFailures: [{ itemIdentifier: '' }] },
    { batchItemFailures: [{ itemIdentifier: null }] },
    { batchItemFailures: [{ bad: 'm1' }] },
    { batchItemFailures: [{ itemIdentifier: 'm1' }, { itemIdentifier: 'of another batch' }] },
    { batchItemFailures: 'all' },
  ]) {
    it(`takes ${JSON.stringify(value)} for a failure of everything`, async () => {
      run.send(1, 2);
      run.start({}, () => (run.delivered.length === 1 ? { outcome: 'returned', value } : DONE));
      await run.until(run.isEmpty);
      expect(run.batches()).to.deep.equal([
        [1, 2],
        [1, 2],
      ]);
    });
  }

  it('leaves a poison message to the dead letters after maxReceiveCount attempts, and does the others', async () => {
    await use({ maxReceiveCount: 3 });
    run.send(1, 5);
    run.start({}, ({ numbers }) => (numbers.includes(3) ? failing(3) : DONE));
    await run.until(run.isEmpty);
    expect(run.queue.deadLetters).to.deep.equal([3]);
    expect(run.queue.receivedAt(3)).to.have.length(3);
    for (const number of [1, 2, 4, 5]) expect(run.queue.receivedAt(number)).to.have.length(1);
  });

  it('waits for delayed messages', async () => {
    const began = run.clock.now();
    run.queue.send(1, { delayMs: 7000 });
    run.start();
    await run.until(run.isEmpty);
    expect((run.delivered[0]?.at ?? 0) - began).to.be.within(7000, 8100);
  });

  it('deletes what no filter pattern matches, without delivering it', async () => {
    run.send(1, 6);
    run.start({ filterPatterns: [{ body: { isEven: [true] } }] });
    await run.until(run.isEmpty);
    expect(run.batches()).to.deep.equal([[2, 4, 6]]);
  });

  it('does not count the times at which the service was not there', async () => {
    await use({ maxReceiveCount: 1 });
    run.send(1, 2);
    const comesBackAt = run.clock.now() + 120_000;
    run.start({}, () => (run.clock.now() < comesBackAt ? { outcome: 'unreachable' } : DONE));
    await run.until(run.isEmpty);
    expect(run.queue.deadLetters).to.deep.equal([]);
    expect(run.queue.receivedAt(1)).to.have.length(1);
  });

  it('makes messages visible again when it stops before their service came', async () => {
    run.send(1, 2);
    run.start({}, () => ({ outcome: 'unreachable' }));
    await run.until(() => run.delivered.length > 0);
    await run.stop();
    expect(await run.queue.receive(10)).to.have.length(2);
  });

  it('makes messages visible again that it held for the window when it stops', async () => {
    run.send(1, 2);
    run.start({ batchSize: 100, maximumBatchingWindow: 60 });
    await run.until(() => run.queue.receivedAt(2).length === 1);
    await run.stop();
    expect(run.delivered).to.deep.equal([]);
    expect(await run.queue.receive(10)).to.have.length(2);
  });

  it('waits for the invocation under way when it stops, and deletes what that did', async () => {
    run.send(1);
    let finish: (result: InvokeResult) => void = () => {};
    run.start({}, () => new Promise((resolve) => (finish = resolve)));
    await run.until(() => run.delivered.length === 1);
    const stopping = run.stop();
    await run.pass(3000);
    expect(run.queue.left()).to.deep.equal([1]);
    finish(DONE);
    await stopping;
    expect(run.queue.left()).to.deep.equal([]);
  });

  it('makes messages visible again at once whose invocation ends with the service, and their receptions count', async () => {
    await use({ maxReceiveCount: 2 });
    for (const last of [false, true]) {
      if (!last) run.send(1);
      let finish: (result: InvokeResult) => void = () => {};
      const before = run.delivered.length;
      run.start({}, () => new Promise((resolve) => (finish = resolve)));
      await run.until(() => run.delivered.length > before);
      const stopping = run.stop();
      finish(FAILED);
      await stopping;
    }
    expect(run.clock.now() - (run.queue.receivedAt(1)[0] ?? 0)).to.be.lessThan(30_000);
    expect(await run.queue.receive(10)).to.deep.equal([]);
    expect(run.queue.deadLetters).to.deep.equal([1]);
  });

  it('deletes again where the queue did not answer', async () => {
    run.send(1);
    let refusals = 2;
    const port: FakeQueue = {
      ...run.queue,
      delete: async (messages) => {
        refusals -= 1;
        if (refusals >= 0) throw new Error('ServiceUnavailable');
        await run.queue.delete(messages);
      },
    };
    run.start({}, () => DONE, port);
    await run.until(run.isEmpty);
    expect(run.delivered).to.have.length(1);
    expect(run.lines).to.have.length(2);
  });

  it('says what will be tried again, and what moves to the dead-letter queue', async () => {
    await use({ maxReceiveCount: 2 });
    run.start({}, () => failing(1));
    run.send(1, 2);
    await run.until(() => run.queue.deadLetters.length === 1);
    expect(run.lines).to.deep.equal([
      'Failed, and 1 message will be tried again: the function named it as failed',
      'Gave up 1 message (the function named it as failed): to the queue given-up after the visibility time-out',
    ]);
  });

  it('goes on when the queue does not answer for a while', async () => {
    run.send(1);
    const back = run.clock.now() + 5000;
    const receive: FakeQueue['receive'] = async (max) => {
      if (run.clock.now() < back) throw new Error('ServiceUnavailable');
      return run.queue.receive(max);
    };
    run.start({}, () => DONE, { ...run.queue, receive });
    await run.until(run.isEmpty);
    expect(run.delivered).to.have.length(1);
  });
});
