import { expect } from 'chai';
import fc from 'fast-check';
import { FAULTY, playSchedule } from './play-schedule.ts';

const NO_FAULTS = { ...FAULTY, kill: 0, freeze: 0, loseAnswer: 0, double: 0, loseRecord: 0 };

describe('jobs whose workers die between any two of their calls', function () {
  this.timeout(120_000);
  const numRuns = Number(process.env.WEIR_JOB_RUNS ?? 250);

  it('end once each, with the bytes of a run without faults, whatever comes twice, late or never', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 2 ** 31 - 1 }), async (seed) => void (await playSchedule(seed))),
      { numRuns, endOnFailure: true },
    );
  });

  it('run each part once if nothing goes wrong', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { runs, state } = await playSchedule(seed, NO_FAULTS);
      // A part that fails each time is received three times; a redrive then does the same again.
      const jobs = [...state.jobs.values()].filter(({ reason }) => reason === undefined);
      const own = runs.filter((run) => jobs.some(({ id }) => run.startsWith(`${id}/`)));
      expect(new Set(own).size).to.equal(own.length);
    }
  });
});
