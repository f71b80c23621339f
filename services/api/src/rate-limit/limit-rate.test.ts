import { expect } from 'chai';
import sinon from 'sinon';
import { createFallbackRateLimiter } from './fallback-rate-limiter.ts';
import { createLimitRate } from './limit-rate.ts';
import { createMemoryRateLimiter } from './memory-rate-limiter.ts';

const POLICY = { ratePerSecond: 100, burst: 1_000 };
const now = () => 1_764_000_000_000;

describe('createLimitRate', () => {
  it('shows the rest of the quota, and the time until it is full', async () => {
    const limit = createLimitRate(createMemoryRateLimiter({ policy: POLICY, now }), POLICY);
    expect(await limit('a')).to.deep.equal({
      headers: { 'ratelimit-policy': '"key";q=1000;w=10', ratelimit: '"key";r=999;t=1' },
    });
    for (let i = 1; i < 500; i++) await limit('a');
    expect((await limit('a')).headers.ratelimit).to.equal('"key";r=499;t=6');
  });

  it('refuses with the time after which there is a token', async () => {
    const slow = { ratePerSecond: 1, burst: 1 };
    const limit = createLimitRate(createMemoryRateLimiter({ policy: slow, now }), slow);
    expect((await limit('a')).headers.ratelimit).to.equal('"key";r=0;t=1');
    const { headers, refused } = await limit('a');
    expect(headers).to.deep.equal({ 'ratelimit-policy': '"key";q=1;w=1', ratelimit: '"key";r=0;t=1' });
    expect(refused).to.deep.include({ name: 'too-many-requests', headers: { 'retry-after': '1' } });
  });
});

describe('createFallbackRateLimiter', () => {
  it('limits by the second if the first fails', async () => {
    const second = createMemoryRateLimiter({ policy: { ratePerSecond: 1, burst: 1 }, now });
    const take = createFallbackRateLimiter(sinon.stub().rejects(new Error('down')), second);
    expect((await take('a')).allowed).to.equal(true);
    expect((await take('a')).allowed).to.equal(false);
  });

  it('does not ask the second if the first answers', async () => {
    const second = sinon.stub();
    const first = sinon.stub().resolves({ allowed: true, remaining: 7, resetSeconds: 1 });
    expect((await createFallbackRateLimiter(first, second)('a')).remaining).to.equal(7);
    expect(second.called).to.equal(false);
  });
});
