import type { ArchiveLine } from '@weir/archive/reading';
import { expect } from 'chai';
import fc from 'fast-check';
import { createEventCollector } from '../by-user/event-collector.ts';
import { archives, ranges } from '../by-user/testing/arbitrary-archive.ts';
import { inOrder } from '../by-user/testing/in-order.ts';
import { lineOf, memoryArchive, pieceOf } from '../by-user/testing/memory-archive.ts';
import { resultFiles } from '../by-user/testing/result-files.ts';
import { runByUser } from '../by-user/testing/run-by-user.ts';
import { createFunnelMethod } from './funnel-method.ts';

const MINUTE_MS = 60_000;
const NAMES = ['a', 'b', 'c', '__other__'];

const funnels = fc.record({
  range: ranges,
  steps: fc.array(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 10 }),
  windowSeconds: fc.constantFrom(1, 1800, 3600, 86_400, 2_592_000),
});

/** Runs of three records, so that most parts have more than one. */
const method = { ...createFunnelMethod({ render: resultFiles }), newCollector: () => createEventCollector(66) };

const nameOf = ({ outcome, action }: ArchiveLine) => (outcome === 'other' ? '__other__' : action);

/** Tries each start, and each event as the next step. */
function furthest(
  events: readonly ArchiveLine[],
  { steps, to, windowMs }: { steps: string[]; to: number; windowMs: number },
) {
  const from = (start: ArchiveLine, at: number, step: number): number =>
    Math.max(
      step,
      ...events
        .map((event, i) => ({ event, i }))
        .filter(({ event, i }) => i > at && nameOf(event) === steps[step])
        .filter(({ event }) => event.timestamp - start.timestamp <= windowMs)
        .map(({ i }) => from(start, i, step + 1)),
    );
  const starts = events.map((event, i) => ({ event, i }));
  return Math.max(
    0,
    ...starts
      .filter(({ event }) => nameOf(event) === steps[0] && event.timestamp < to)
      .map(({ event, i }) => from(event, i, 1)),
  );
}

describe('a funnel', () => {
  it('counts each user by the furthest step from any start, as a search of all ways does', () =>
    fc.assert(
      fc.asyncProperty(archives, funnels, async (pieces, { range, steps, windowSeconds }) => {
        const question = {
          kind: 'funnel',
          ...range,
          timeZone: 'UTC',
          actions: undefined,
          steps,
          windowSeconds,
        } as const;
        const { json } = await runByUser({ reader: memoryArchive(pieces), question }, method);
        const windowMs = windowSeconds * 1000;
        const asked = inOrder(pieces).filter(
          (line) =>
            line.outcome !== 'duplicate' &&
            steps.includes(nameOf(line)) &&
            line.timestamp >= range.from &&
            line.timestamp < range.to + windowMs,
        );
        const byUser = Map.groupBy(
          asked.filter(({ userId }) => userId !== undefined),
          ({ userId }) => userId,
        );
        const reached = [...byUser.values()].map((events) => furthest(events, { steps, to: range.to, windowMs }));
        expect(JSON.parse(json)).to.deep.equal({
          kind: 'funnel',
          steps: steps.map((action, step) => ({ action, users: reached.filter((most) => most > step).length })),
          windowSeconds,
          erasedEvents: asked.filter(({ userId }) => userId === undefined).length,
        });
      }),
      { numRuns: 150 },
    )).timeout(60_000);

  const at = (timestamp: number, action: string) => lineOf({ timestamp, action });

  async function users(lines: readonly ArchiveLine[], steps: string[], windowSeconds = 60): Promise<number[]> {
    const question = {
      kind: 'funnel',
      from: 0,
      to: MINUTE_MS,
      timeZone: 'UTC',
      actions: undefined,
      steps,
      windowSeconds,
    } as const;
    const reader = memoryArchive([pieceOf({ lines })]);
    const { json } = await runByUser({ reader, question }, method);
    return (JSON.parse(json).steps as { users: number }[]).map((step) => step.users);
  }

  it('takes a step at the very end of the window, also past the range, and none after it', async () => {
    expect(await users([at(59_999, 'a'), at(119_999, 'b')], ['a', 'b'])).to.deep.equal([1, 1]);
    expect(await users([at(59_998, 'a'), at(119_999, 'b')], ['a', 'b'])).to.deep.equal([1, 0]);
    expect(await users([at(60_000, 'a'), at(60_001, 'b')], ['a', 'b'])).to.deep.equal([0, 0]);
  });

  it('takes equal steps from different events, and those of one time in their order', async () => {
    expect(await users([at(5, 'a'), at(5, 'a')], ['a', 'a', 'a'])).to.deep.equal([1, 1, 0]);
    expect(await users([at(5, 'b'), at(5, 'a')], ['a', 'b'])).to.deep.equal([1, 0]);
    expect(await users([at(5, 'a'), at(5, 'b')], ['a', 'b'])).to.deep.equal([1, 1]);
  });

  it('starts again where an earlier start would be too long ago', async () => {
    const lines = [at(0, 'a'), at(1000, 'b'), at(2000, 'a'), at(3000, 'b'), at(4500, 'c')];
    expect(await users(lines, ['a', 'b', 'c'], 3)).to.deep.equal([1, 1, 1]);
    expect(await users(lines, ['a', 'b', 'c'], 2)).to.deep.equal([1, 1, 0]);
  });
});
