import { setImmediate as turn } from 'node:timers/promises';
import { expect } from 'chai';
import fc from 'fast-check';
import type { InvokeResult } from '../../invoke/lambda-invoke.ts';
import { createVirtualClock } from '../mappings/testing/virtual-clock.ts';
import { openCheckpoints } from './checkpoints.ts';
import { readStreamSettings } from './stream-settings.ts';
import { startStreamSource } from './stream-source.ts';
import { createFakeStream, numbersOf, record } from './testing/fake-stream.ts';

/** The result of an invocation, drawn at random: a crash comes after the function did its work, or before. */
type Answer =
  | { readonly kind: 'done' | 'crash-before' | 'crash-after' | 'unreachable' | 'restart' }
  | { readonly kind: 'partial'; readonly at: number };

const RECORDS = 12;
const POISON = 5;

const answer: fc.Arbitrary<Answer> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<Answer>({ kind: 'done' }) },
  {
    weight: 4,
    arbitrary: fc.constantFrom<Answer>(
      { kind: 'crash-before' },
      { kind: 'crash-after' },
      { kind: 'unreachable' },
      { kind: 'restart' },
    ),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('partial' as const), at: fc.nat({ max: 4 }) }) },
);

interface Run {
  readonly answers: readonly Answer[];
  readonly settings: Readonly<Record<string, unknown>>;
  readonly isPoisoned: boolean;
}

/** Runs a source to the end of a stream of two shards, parent and child; returns what the function saw and lost. */
async function run({ answers, settings, isPoisoned }: Run) {
  const clock = createVirtualClock();
  const stream = createFakeStream();
  const checkpoints = openCheckpoints(undefined)('source');
  const left = [...answers];
  const worked: number[] = [];
  const lost: number[] = [];
  let attemptsAtPoison = 0;
  let restart = false;
  for (const shardId of ['a', 'b']) stream.addShard(shardId, shardId === 'b' ? ['a'] : []);
  for (let n = 1; n <= RECORDS; n += 1) stream.put(n <= RECORDS / 2 ? 'a' : 'b', [record(n, clock.now())]);
  stream.close('a');
  stream.close('b');

  const invoke = async (event: object): Promise<InvokeResult> => {
    const numbers = numbersOf(event);
    const next = left.shift() ?? { kind: 'done' };
    if (next.kind === 'unreachable' || next.kind === 'restart') {
      restart = next.kind === 'restart';
      return { outcome: 'unreachable' };
    }
    if (isPoisoned && numbers.includes(POISON)) {
      if (numbers.length === 1) attemptsAtPoison += 1;
      return { outcome: 'failed', reason: 'poison' };
    }
    if (next.kind === 'crash-before') return { outcome: 'failed', reason: 'crash' };
    const done = next.kind === 'partial' ? numbers.slice(0, next.at) : numbers;
    worked.push(...done);
    if (next.kind === 'crash-after') return { outcome: 'failed', reason: 'crash' };
    const itemIdentifier =
      numbers[done.length] === undefined ? undefined : record(numbers[done.length] ?? 0).sequenceNumber;
    const batchItemFailures = itemIdentifier === undefined ? [] : [{ itemIdentifier }];
    return { outcome: 'returned', value: { batchItemFailures } };
  };
  const start = () =>
    startStreamSource({
      ...{ port: stream, invoke, checkpoints, clock, log: () => {} },
      settings: readStreamSettings({ functionResponseType: 'ReportBatchItemFailures', ...settings }),
      giveUp: async (_shardId, { records }) => void lost.push(...records.map((one) => Number(one.sequenceNumber))),
    });
  let source = start();
  for (let turns = 0; turns < 20_000 && checkpoints.get('b')?.state !== 'finished'; turns += 1) {
    await turn();
    if (!restart) continue;
    restart = false;
    await source.stop();
    source = start();
  }
  await source.stop();
  clock.stop();
  return { worked, lost, attemptsAtPoison, isOver: checkpoints.get('b')?.state === 'finished' };
}

const all = Array.from({ length: RECORDS }, (_, index) => index + 1);
const firstTimes = (numbers: readonly number[]) => [...new Set(numbers)];

describe('every run of a stream source', function () {
  this.timeout(60_000);

  it('loses nothing, and keeps the order, whatever happens to the function between two answers', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(answer, { maxLength: 20 }),
        fc.integer({ min: 1, max: 5 }),
        async (answers, batchSize) => {
          const { worked, lost, isOver } = await run({ answers, settings: { batchSize }, isPoisoned: false });
          expect(isOver).to.equal(true);
          expect(lost).to.deep.equal([]);
          expect(firstTimes(worked)).to.deep.equal(all);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('gives up a poison message after its attempts, alone, and nothing else if the function works', async () => {
    const retries = fc.integer({ min: 0, max: 4 });
    await fc.assert(
      fc.asyncProperty(retries, fc.integer({ min: 1, max: 6 }), async (maximumRetryAttempts, batchSize) => {
        const settings = { batchSize, maximumRetryAttempts, bisectBatchOnFunctionError: true };
        const { worked, lost, attemptsAtPoison } = await run({ answers: [], settings, isPoisoned: true });
        expect(lost).to.deep.equal([POISON]);
        expect(attemptsAtPoison).to.equal(maximumRetryAttempts + 1);
        expect(firstTimes(worked)).to.deep.equal(all.filter((n) => n !== POISON));
      }),
      { numRuns: 30 },
    );
  });

  it('delivers or gives up each record, if retries are limited', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { maxLength: 30 }), fc.boolean(), async (answers, bisect) => {
        const settings = { batchSize: 4, maximumRetryAttempts: 1, bisectBatchOnFunctionError: bisect };
        const { worked, lost } = await run({ answers, settings, isPoisoned: true });
        expect(firstTimes([...worked, ...lost]).toSorted((a, b) => a - b)).to.deep.equal(all);
        expect(lost).to.include(POISON);
      }),
      { numRuns: 100 },
    );
  });
});
