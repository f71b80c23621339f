import { expect } from 'chai';
import { describeAnswerCache } from './answer-cache.contract.ts';
import { createMemoryCache } from './memory-cache.ts';

describe('createMemoryCache', () => {
  describeAnswerCache(() => createMemoryCache({ now: () => 0 }), '');

  it('removes an answer when its time is over, and then accepts any', async () => {
    let now = 0;
    const cache = createMemoryCache({ now: () => now });
    await cache.set('a', { count: 5, readAt: 0, text: '1' }, 100);
    now = 99;
    expect(await cache.get('a')).to.include({ count: 5 });
    now = 100;
    expect(await cache.get('a')).to.equal(undefined);
    expect(cache.characters()).to.equal(0);
    await cache.set('a', { count: 1, readAt: 100, text: '2' }, 100);
    expect(await cache.get('a')).to.include({ count: 1 });
  });

  it('is limited by the size of its answers, and removes the oldest first', async () => {
    const cache = createMemoryCache({ now: () => 0, maxCharacters: 1_000 });
    for (let i = 0; i < 100; i++) {
      await cache.set(`key-${i}`, { count: 0, readAt: 0, text: 'x'.repeat(90) }, 1_000);
      expect(cache.characters()).to.be.at.most(1_000);
    }
    expect(await cache.get('key-99')).to.not.equal(undefined);
    expect(await cache.get('key-0')).to.equal(undefined);
    await cache.set('large', { count: 0, readAt: 0, text: 'x'.repeat(2_000) }, 1_000);
    expect(await cache.get('large')).to.equal(undefined);
    expect(cache.characters()).to.be.at.most(1_000);
  });
});
