import { expect } from 'chai';
import fc from 'fast-check';
import { runSchedule } from './run-schedule.ts';

/** Each run takes different seeds. To run more schedules, see docs/exactly-once.md. */
const SCHEDULES = Number(process.env.WEIR_SCHEDULES ?? 1500);
/** The share of schedules whose rows, logs and archive are audited. */
const AUDITED = Number(process.env.WEIR_AUDITED ?? 0.1);

describe('counting exactly once', () => {
  it('holds through crashes, freezes, lost answers, resharding and expiry, in any order of calls', async function () {
    this.timeout(SCHEDULES * 1000);
    let entries = 0;
    let reads = 0;
    let rechecks = 0;
    let audits = 0;
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const report = await runSchedule(seed, { audited: AUDITED });
        entries += report.entries;
        reads += report.reads;
        rechecks += report.rechecks;
        audits += report.audits;
      }),
      // No shrinking: a smaller seed is no simpler schedule. A schedule that does not end is reported after the time
      // limit.
      { numRuns: SCHEDULES, endOnFailure: true, timeout: 30_000 },
    );
    console.log(
      `      ${SCHEDULES} schedules, ${entries} entries, ${reads} reads, ${rechecks} of kept answers, ${audits} audits`,
    );
    expect(entries).to.be.greaterThan(SCHEDULES);
    expect(reads).to.be.greaterThan(SCHEDULES);
    expect(rechecks).to.be.greaterThan(SCHEDULES / 10);
    expect(audits).to.be.greaterThan(SCHEDULES / 20);
  });
});
