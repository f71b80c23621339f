import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MemoryObjectStore } from '@weir/archive/memory';
import { Random } from '@weir/ingest-stream/src/model/random.ts';
import { NOW } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { calendarOf } from '@weir/reports/src/daily/calendar-of.ts';
import { type ByUserDeps, createByUserKind } from '@weir/reports/src/kinds/by-user/by-user-kind.ts';
import { createFunnelMethod } from '@weir/reports/src/kinds/funnel/funnel-method.ts';
import { createRetentionMethod } from '@weir/reports/src/kinds/retention/retention-method.ts';
import { topUsersMethod } from '@weir/reports/src/kinds/top-users/top-users-method.ts';
import { renderJob } from '@weir/reports/src/render/jobs/render-job.ts';
import { expect } from 'chai';
import { ArchiveWorld } from './archive-world.ts';

const SEEDS = 10;
const DAY_MS = 86_400_000;
const RANGE = { from: NOW - DAY_MS, to: NOW + 30 * DAY_MS, timeZone: 'Europe/Vienna', actions: undefined };
const STEPS = { steps: ['a', 'b', 'a'], windowSeconds: 3600 };

const KINDS = [
  {
    question: { kind: 'retention', ...RANGE } as const,
    open: (deps: ByUserDeps) => createByUserKind(deps, createRetentionMethod({ calendarOf, render: renderJob })),
  },
  {
    question: { kind: 'funnel', ...RANGE, ...STEPS } as const,
    open: (deps: ByUserDeps) => createByUserKind(deps, createFunnelMethod({ render: renderJob })),
  },
  {
    question: { kind: 'users', ...RANGE } as const,
    open: (deps: ByUserDeps) => createByUserKind(deps, topUsersMethod),
  },
];

type Asked = (typeof KINDS)[number];

/** A job whose cut is made now, in a world that stands still; its parts read what happens later. */
async function openJob({ question, open }: Asked, world: ArchiveWorld, turn?: () => Promise<void>) {
  const files = new MemoryObjectStore(() => 0);
  const folder = 'jobs/j/cut/';
  const { phases } = await open({ reader: world.reader(), files }).plan(question, folder);
  const kind = open({ reader: world.reader(turn), files });
  const job = { id: 'j', question, folder, phases };
  const [mapped = 0, ranges = 0] = phases;
  const run = async (from: number, to: number) => {
    for (let part = from; part < to; part++) await kind.run(job, part);
  };
  return {
    map: () => run(0, mapped),
    reduce: () => run(mapped, mapped + ranges),
    json: async () => text(Readable.from((await kind.assemble(job)).json)),
  };
}

/** A world with some batches, of which some hours are swept. `turn` lets more arrive, and sweeps. */
async function openWorld(seed: number) {
  const world = new ArchiveWorld(new Random(seed));
  for (let i = 0; i < 12; i++) await world.consume();
  await world.sweep();
  for (let i = 0; i < 6; i++) await world.consume();
  let happening = Promise.resolve();
  const turn = async () => {
    happening = happening.then(async () => {
      if (world.random.chance(0.2)) await world.consume();
      if (world.random.chance(0.2)) await world.sweep();
    });
    await happening;
  };
  return { world, turn };
}

async function answer(job: Awaited<ReturnType<typeof openJob>>): Promise<string> {
  await job.map();
  await job.reduce();
  return job.json();
}

describe('questions that follow users, beside sweeps, erasures and events that arrive', function () {
  this.timeout(120_000);

  for (const asked of KINDS) {
    it(`have the same bytes from the same cut (${asked.question.kind})`, async () => {
      let changed = 0;
      for (let seed = 1; seed <= SEEDS; seed++) {
        const { world, turn } = await openWorld(seed);
        const job = await openJob(asked, world, turn);
        const expected = await answer(await openJob(asked, world));
        await world.consume();
        await world.sweep();
        await job.map();
        for (let i = 0; i < 4; i++) await world.erase();
        await world.sweep();
        await job.reduce();
        await world.consume();
        await world.erase();
        expect(await job.json(), `seed ${seed}`).to.equal(expected);
        if ((await answer(await openJob(asked, world))) !== expected) changed++;
      }
      // A later cut has something else, so that the test can fail.
      expect(changed).to.be.above(SEEDS / 2);
    });
  }

  it('count the events of people who are erased before they are read', async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { world } = await openWorld(seed);
      const asked = KINDS[2] as Asked;
      const { counted } = JSON.parse(await answer(await openJob(asked, world)));
      const job = await openJob(asked, world);
      for (let i = 0; i < 20; i++) await world.erase();
      const after = JSON.parse(await answer(job));
      expect(after.erasedEvents, `seed ${seed}`).to.be.above(0);
      expect(after.counted + after.erasedEvents).to.equal(counted);
    }
  });
});
