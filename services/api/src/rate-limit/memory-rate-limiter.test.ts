import { expect } from 'chai';
import { createMemoryRateLimiter } from './memory-rate-limiter.ts';

const POLICY = { ratePerSecond: 10, burst: 2 };

describe('createMemoryRateLimiter', () => {
  it('limits each key separately', async () => {
    const take = createMemoryRateLimiter({ policy: POLICY, now: () => 1_764_000_000_000 });
    expect((await take('a')).remaining).to.equal(1);
    expect((await take('a')).allowed).to.equal(true);
    expect((await take('a')).allowed).to.equal(false);
    expect((await take('b')).allowed).to.equal(true);
  });

  it('fills as time goes by', async () => {
    let now = 1_764_000_000_000;
    const take = createMemoryRateLimiter({ policy: POLICY, now: () => now });
    await take('a');
    await take('a');
    now += 99;
    expect((await take('a')).allowed).to.equal(false);
    now += 1;
    expect((await take('a')).allowed).to.equal(true);
  });

  it('continues from the state of the key’s other bucket', async () => {
    let now = 1_764_000_000_000;
    const take = createMemoryRateLimiter({ policy: POLICY, now: () => now });
    take.follow('a', 200_000);
    expect((await take('a')).allowed).to.equal(false);
    now += 100;
    expect((await take('a')).allowed).to.equal(true);
    expect((await take('a')).allowed).to.equal(false);
  });

  it('keeps a limited number of buckets, those used last', async () => {
    const take = createMemoryRateLimiter({ policy: POLICY, now: () => 1_764_000_000_000, maxBuckets: 3 });
    for (const key of ['a', 'a', 'b', 'c', 'a', 'd', 'e']) await take(key);
    expect(take.size()).to.equal(3);
    expect((await take('a')).allowed).to.equal(false);
    for (let i = 0; i < 1_000; i++) await take(`other-${i}`);
    expect(take.size()).to.equal(3);
    for (let i = 0; i < 1_000; i++) take.follow(`followed-${i}`, 1);
    expect(take.size()).to.equal(3);
  });
});
