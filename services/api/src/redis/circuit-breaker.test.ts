import { expect } from 'chai';
import sinon from 'sinon';
import { CircuitOpenError, createCircuitBreaker } from './circuit-breaker.ts';

async function failure(work: Promise<unknown>): Promise<unknown> {
  return work.then(
    () => undefined,
    (error: unknown) => error,
  );
}

describe('createCircuitBreaker', () => {
  const down = new Error('down');
  const fail = () => Promise.reject(down);

  it('does not try again for a while after a failure', async () => {
    let now = 0;
    const attempt = createCircuitBreaker({ pauseMs: 100, now: () => now });
    expect(await failure(attempt(fail))).to.equal(down);
    const work = sinon.stub().resolves('up');
    now = 99;
    expect(await failure(attempt(work)))
      .to.be.instanceOf(CircuitOpenError)
      .with.property('cause', down);
    expect(work.called).to.equal(false);
    now = 100;
    expect(await attempt(work)).to.equal('up');
    expect(await attempt(work)).to.equal('up');
  });

  it('tries one call, and the others once it has succeeded', async () => {
    let now = 0;
    const attempt = createCircuitBreaker({ pauseMs: 100, now: () => now });
    await failure(attempt(fail));
    now = 100;
    const { promise, resolve } = Promise.withResolvers<string>();
    const trial = attempt(() => promise);
    expect(await failure(attempt(async () => 'early'))).to.be.instanceOf(CircuitOpenError);
    resolve('up');
    expect(await trial).to.equal('up');
    expect(await attempt(async () => 'later')).to.equal('later');
  });

  it('waits again when the trial fails', async () => {
    let now = 0;
    const attempt = createCircuitBreaker({ pauseMs: 100, now: () => now });
    await failure(attempt(fail));
    now = 150;
    expect(await failure(attempt(fail))).to.equal(down);
    now = 249;
    expect(await failure(attempt(fail))).to.be.instanceOf(CircuitOpenError);
  });
});
