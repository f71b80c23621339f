import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import { type Answer, createQueueRun, DONE, FAILED, failing, type QueueRun } from './testing/queue-run.ts';

describe('an event source of a FIFO queue', () => {
  let run: QueueRun;
  beforeEach(() => {
    run = createQueueRun({ isFifo: true, maxReceiveCount: 3 });
  });
  afterEach(() => run.end());

  const sendTo = (groupId: string, ...numbers: number[]) => {
    for (const number of numbers) run.queue.send(number, { groupId });
  };

  it('keeps the order of each group, and a failure of one group does not delay another', async () => {
    sendTo('a', 1, 2, 3);
    sendTo('b', 11, 12, 13);
    const done: number[] = [];
    run.start({ batchSize: 1 }, ({ numbers: [number = 0] }) => {
      if (number === 2 && run.queue.receivedAt(2).length < 3) return FAILED;
      done.push(number);
      return DONE;
    });
    await run.until(run.isEmpty);
    expect(done.filter((number) => number < 10)).to.deep.equal([1, 2, 3]);
    expect(done.filter((number) => number > 10)).to.deep.equal([11, 12, 13]);
    expect(done.indexOf(13)).to.be.lessThan(done.indexOf(2));
  });

  it('continues with a group when its poison message is a dead letter', async () => {
    sendTo('a', 1, 2, 3);
    run.start({}, ({ numbers }) => (numbers.includes(2) ? failing(...numbers.filter((number) => number >= 2)) : DONE));
    await run.until(run.isEmpty);
    expect(run.queue.deadLetters).to.include(2);
    expect(run.queue.receivedAt(2)).to.have.length(3);
  });
});

/** The result of an invocation: a crash comes before the function did its work, or after it. */
type Kind = 'done' | 'crash-before' | 'crash-after' | 'partial' | 'unreachable' | 'restart';

const KINDS = fc.constantFrom<Kind>('done', 'crash-before', 'crash-after', 'partial', 'unreachable', 'restart');
const ALL = [1, 2, 3, 4, 5, 6, 7, 8];

/** Runs a source, with restarts, until the queue is empty; returns the messages that the function worked on, in order. */
async function runThrough(run: QueueRun, kinds: readonly Kind[]): Promise<readonly number[]> {
  const left = [...kinds];
  const done: number[] = [];
  let restart = false;
  const answer: Answer = ({ numbers }) => {
    const next = left.shift() ?? 'done';
    restart = next === 'restart';
    if (next === 'unreachable' || next === 'restart') return { outcome: 'unreachable' };
    if (next === 'crash-before') return FAILED;
    const worked = next === 'partial' ? numbers.slice(0, 1) : numbers;
    done.push(...worked);
    return next === 'crash-after' ? FAILED : failing(...numbers.slice(worked.length));
  };
  for (const number of ALL) run.queue.send(number, { groupId: number % 2 ? 'a' : 'b' });
  run.start({ batchSize: 3 }, answer);
  for (let turns = 0; turns < 20_000 && !run.isEmpty(); turns += 1) {
    await turn();
    if (!restart) continue;
    restart = false;
    await run.stop();
    run.start({ batchSize: 3 }, answer);
  }
  return done;
}

describe('every run of a queue source', function () {
  this.timeout(60_000);

  it('works on each message, or gives it up after its attempts, whatever happens to the function', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(KINDS, { maxLength: 25 }), fc.boolean(), async (kinds, isFifo) => {
        const run = createQueueRun({ isFifo, maxReceiveCount: 4 });
        const done = await runThrough(run, kinds);
        await run.end();
        const { deadLetters } = run.queue;
        expect([...new Set([...done, ...deadLetters])].toSorted((a, b) => a - b)).to.deep.equal(ALL);
        for (const number of deadLetters) expect(run.queue.receivedAt(number)).to.have.length(4);
        for (const rest of isFifo ? [0, 1] : []) {
          const group = [...new Set(done)].filter((number) => number % 2 === rest);
          expect(group).to.deep.equal(group.toSorted((a, b) => a - b));
        }
      }),
      { numRuns: 100 },
    );
  });
});
