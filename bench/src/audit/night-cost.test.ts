import { expect } from 'chai';
import { nightCost } from './night-cost.ts';

describe('the cost of a night’s audit', () => {
  it('is that of the CPU, of the calls, of the objects and of the transitions', () => {
    const { cpuSeconds, calls, dollars } = nightCost(180_000_000, 300_000);
    expect([cpuSeconds, calls]).to.deep.equal([600, 2]);
    expect(dollars).to.be.closeTo(600 * (1769 / 1024) * 13.3334e-6 + 2 * 0.2e-6 + 50 * 0.4e-6 + 6 * 25e-6, 1e-9);
  });
});
