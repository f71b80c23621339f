import { expect } from 'chai';
import type { AnswerCache } from './answer-cache.ts';

const answer = (count: number, readAt: number, text = '{"ü":"\\n 1 2 "}') => ({ count, readAt, text });

/** The tests for every cache. Only these tests use keys with `prefix`. */
export function describeAnswerCache(create: () => AnswerCache, prefix: string): void {
  it('gives back what was kept, and nothing under another key', async () => {
    const cache = create();
    await cache.set(`${prefix}a`, answer(12, 1_764_000_000_123), 60_000);
    expect(await cache.get(`${prefix}a`)).to.include(answer(12, 1_764_000_000_123));
    expect(await cache.get(`${prefix}b`)).to.equal(undefined);
  });

  it('keeps the newer of two answers, in whatever order they come', async () => {
    const cache = create();
    const ascending = [answer(0, 9), answer(1, 5), answer(1, 6), answer(30, 2)];
    for (const each of ascending) await cache.set(`${prefix}c`, each, 60_000);
    expect(await cache.get(`${prefix}c`)).to.include(answer(30, 2));
    for (const older of ascending.slice(0, -1)) await cache.set(`${prefix}c`, older, 60_000);
    expect(await cache.get(`${prefix}c`)).to.include(answer(30, 2));
    await cache.set(`${prefix}c`, answer(2, 99), 60_000);
    expect((await cache.get(`${prefix}c`))?.count).to.equal(30);
  });
}
