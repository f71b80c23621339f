import { expect } from 'chai';
import fc from 'fast-check';
import { ATTEMPTS, retryDelayMs } from './retry-schedule.ts';

const HOUR_MS = 3_600_000;

describe('the schedule of attempts', () => {
  it('has ten attempts over 75 hours, 35 minutes and 5 seconds without jitter', () => {
    let totalMs = 0;
    for (let failed = 1; failed < ATTEMPTS; failed++) totalMs += retryDelayMs(failed, 0.5) ?? Number.NaN;
    expect(ATTEMPTS).to.equal(10);
    expect(totalMs).to.equal(((75 * 60 + 35) * 60 + 5) * 1000);
  });

  it('ends after the last attempt', () => {
    expect(retryDelayMs(ATTEMPTS, 0)).to.equal(undefined);
    expect(retryDelayMs(ATTEMPTS - 1, 0)).to.equal(24 * HOUR_MS * 0.9);
  });

  it('moves each wait by a tenth at most', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.double({ min: 0, max: 1, noNaN: true }), (failed, random) => {
        const mean = retryDelayMs(failed, 0.5) ?? Number.NaN;
        expect(retryDelayMs(failed, random)).to.be.within(mean * 0.9 - 1, mean * 1.1 + 1);
      }),
    );
  });
});
