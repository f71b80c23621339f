import { expect } from 'chai';
import sinon from 'sinon';
import { endWithin } from './end-within.ts';

describe('endWithin', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  it('tells what ended in time', async () => {
    expect(await endWithin(Promise.resolve('anything'), 5_000)).to.equal(true);
    expect(clock.countTimers()).to.equal(0);
  });

  it('does not wait longer for what goes on', async () => {
    const { promise } = Promise.withResolvers<void>();
    const waiting = endWithin(promise, 5_000);
    await clock.tickAsync(5_000);
    expect(await waiting).to.equal(false);
  });

  it('hands on a failure to end', async () => {
    const failed = endWithin(Promise.reject(new Error('stuck')), 5_000);
    expect(await failed.catch((error: Error) => error.message)).to.equal('stuck');
    expect(clock.countTimers()).to.equal(0);
  });
});
