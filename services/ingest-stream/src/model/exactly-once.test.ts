import { expect } from 'chai';
import fc from 'fast-check';
import { runSchedule } from './run-schedule.ts';

/** Other seeds at each run; more of them on demand, as docs/exactly-once.md says. */
const SCHEDULES = Number(process.env.WEIR_SCHEDULES ?? 1500);

describe('counting exactly once', () => {
  it('holds through crashes, frozen instances, lost answers, resharding and expiry, whatever the order of calls', async function () {
    this.timeout(SCHEDULES * 1000);
    let entries = 0;
    let reads = 0;
    let rechecks = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const report = await runSchedule(seed);
        entries += report.entries;
        reads += report.reads;
        rechecks += report.rechecks;
      }),
      // A smaller seed is no simpler schedule; one that never ends is named, not waited for.
      { numRuns: SCHEDULES, endOnFailure: true, timeout: 30_000 },
    );
    console.log(`      ${SCHEDULES} schedules, ${entries} entries, ${reads} reads, ${rechecks} of kept answers`);
    expect(entries).to.be.greaterThan(SCHEDULES);
    expect(reads).to.be.greaterThan(SCHEDULES);
    expect(rechecks).to.be.greaterThan(SCHEDULES / 10);
  });
});
