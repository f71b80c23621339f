import type { NewJob } from '@weir/dynamodb/jobs';
import { Chances, VirtualTime } from '@weir/simulation';
import { expect } from 'chai';
import { JobWorld } from './job-world.ts';
import { FAULTY } from './play-schedule.ts';
import { sampleQuestion } from './sample-kind.ts';

const NO_FAULTS = { ...FAULTY, kill: 0, freeze: 0, loseAnswer: 0, double: 0, loseRecord: 0, concurrency: 20 };
const PART_MS = 10_000;
const TEN_YEARS = 3653;
/** When the other key asks: all of the first key's workers are busy. */
const ASKED_AT = 5 * 60_000;

/** Milliseconds until a key has its report of one day, while another key has asked for `others`. */
async function timeOfOneDay(seed: number, others: readonly NewJob[]): Promise<number> {
  const time = new VirtualTime();
  const world = new JobWorld(time, new Chances(seed), { ...NO_FAULTS, partMs: PART_MS });
  for (const job of others) await world.create(job);
  const day = { id: 'funnel-day', question: sampleQuestion(1, 1), keyId: 'k2', createdAt: ASKED_AT };
  time.after(ASKED_AT, () => void world.create(day));
  const isDone = () => world.state.jobs.get(day.id)?.status === 'done';
  await time.play(isDone);
  expect(world.faults).to.deep.equal([]);
  if (others.length > 0) expect(world.activeJobs().map(({ keyId }) => keyId)).to.deep.equal(Array(12).fill('k1'));
  return (world.state.jobs.get(day.id)?.endedAt ?? Number.NaN) - ASKED_AT;
}

describe('a key beside one that has asked for twelve reports of ten years', function () {
  this.timeout(60_000);

  it('gets its report of one day within twice the time that it takes alone', async () => {
    const years = Array.from({ length: 12 }, (_, number) => ({
      ...{ id: `funnel-years-${number}`, question: sampleQuestion(TEN_YEARS, 16), keyId: 'k1', createdAt: number },
    }));
    for (let seed = 1; seed <= 5; seed++) {
      const alone = await timeOfOneDay(seed, []);
      const beside = await timeOfOneDay(seed, years);
      expect(alone).to.be.above(2 * PART_MS);
      expect(beside, `seed ${seed}, alone ${alone} ms`).to.be.at.most(2 * alone);
    }
  });
});
