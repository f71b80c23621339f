import { expect } from 'chai';
import { createStartTimes } from './start-times.ts';

describe('the times of a start', () => {
  it('are those at which each phase was over, in one line', () => {
    let now = 0;
    const times = createStartTimes(() => now);
    for (const [phase, at] of [
      ['framework', 640],
      ['settings', 1_260],
    ] as const) {
      now = at;
      times.passed(phase);
    }
    expect(times.line()).to.equal('Start: framework 0.6 s, settings 1.3 s');
  });
});
