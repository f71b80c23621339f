import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { expect } from 'chai';
import { createFindKey } from './find-key.ts';
import { createKeyText, identifyKeyText } from './key-text.ts';
import { createRefusedTokens } from './refused-tokens.ts';

const NOW = 1_796_000_000_000;
const TEXT = createKeyText(new Uint8Array(32).fill(7));
const MADE = { ...identifyKeyText(TEXT), name: 'n', scopes: ['metrics:read'], createdAt: 1 };
const KEY = { ...MADE, createdBy: 'bootstrap', makers: ['key_maker'] };

describe('whose key a text is', () => {
  const store = createMemoryKeysStore();
  const now = () => NOW;
  const open = (
    readBootstrapKeys: () => Promise<readonly string[]> = async () => ['the-bootstrap-key', 'the-old-key'],
  ) => {
    const refused = createRefusedTokens({ ttlMs: 5_000, maxTokens: 9, now });
    return createFindKey({ store, readBootstrapKeys, refused, now });
  };

  it('is found for stored keys and for the administrator', async () => {
    await store.add({ ...KEY, expiresAt: NOW + 1 });
    expect(await open()(TEXT)).to.deep.equal({ kind: 'key', key: { ...KEY, expiresAt: NOW + 1 } });
    for (const text of ['the-bootstrap-key', 'the-old-key']) {
      expect(await open()(text)).to.deep.equal({ kind: 'bootstrap' });
    }
  });

  it('is nobody’s for others, the second time without a read', async () => {
    const find = open();
    expect(await find('another')).to.deep.equal({ kind: 'refused', reason: 'unknown' });
    expect(await find('another')).to.deep.equal({ kind: 'refused', reason: 'refused-before' });
  });

  it('is nobody’s after the key, or one of its makers, was removed', async () => {
    await store.add({ ...KEY, ...identifyKeyText('the maker'), id: 'key_maker', makers: [] });
    await store.removeTree('key_maker', { at: 5, by: 'bootstrap' });
    expect(await open()(TEXT)).to.deep.equal({ kind: 'refused', reason: 'removed' });
  });

  it('cannot be told while the secret is empty', async () => {
    const error = await open(async () => [''])('').catch((caught: Error) => caught.message);
    expect(error).to.equal('the bootstrap key is empty');
  });
});
