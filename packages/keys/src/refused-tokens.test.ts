import { expect } from 'chai';
import { createRefusedTokens } from './refused-tokens.ts';

describe('refused tokens', () => {
  it('are remembered for their time, and no longer', () => {
    let now = 0;
    const refused = createRefusedTokens({ ttlMs: 5_000, maxTokens: 10, now: () => now });
    refused.add('a');
    now = 4_999;
    expect([refused.has('a'), refused.has('b')]).to.deep.equal([true, false]);
    now = 5_000;
    expect(refused.has('a')).to.equal(false);
  });

  it('are limited in number: the oldest goes first', () => {
    const refused = createRefusedTokens({ ttlMs: 5_000, maxTokens: 2, now: () => 0 });
    for (const hash of ['a', 'b', 'a', 'c']) refused.add(hash);
    expect(['a', 'b', 'c'].filter((hash) => refused.has(hash))).to.deep.equal(['a', 'c']);
  });
});
