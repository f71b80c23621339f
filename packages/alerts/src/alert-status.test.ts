import { expect } from 'chai';
import { alertStatus } from './alert-status.ts';

const NOW = 1_000_000;
const at = (ms: number) => ({ evaluatedUpTo: NOW - ms });

describe('the status of an alert', () => {
  for (const [status, state, cursor] of [
    ['ok', { version: 0 }, at(180_000)],
    ['waiting', { version: 0 }, at(180_001)],
    ['waiting', { version: 0 }, undefined],
    ['firing', { version: 1, episode: { bucket: 0, latest: 0 } }, at(180_001)],
  ] as const) {
    it(`is ${status} if buckets were judged ${cursor ? `${NOW - cursor.evaluatedUpTo} ms ago` : 'never'}`, () => {
      expect(alertStatus({ state, since: 0, enabled: true }, cursor, NOW)).to.equal(status);
    });
  }

  it('is ok if it fired before it judges as it does now', () => {
    const alert = { state: { version: 1, episode: { bucket: 0, latest: 60 } }, enabled: true };
    expect(alertStatus({ ...alert, since: 60 }, at(0), NOW)).to.equal('firing');
    expect(alertStatus({ ...alert, since: 61 }, at(0), NOW)).to.equal('ok');
  });

  it('does not wait while the rule is switched off', () => {
    expect(alertStatus({ state: { version: 0 }, since: 0, enabled: false }, undefined, NOW)).to.equal('ok');
  });
});
