import { expect } from 'chai';
import type { KeysStore, StoredKey } from './keys-store.ts';

const key = (id: string, more: Partial<StoredKey> = {}): StoredKey => {
  const made = { createdAt: 7, createdBy: 'bootstrap', makers: [] };
  return { id, hash: `hash of ${id}`, name: 'n', scopes: ['b', 'a'], ...made, ...more };
};

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeKeysStore(name: string, open: () => Promise<KeysStore>): void {
  describe(`the keys store ${name}`, () => {
    let store: KeysStore;
    beforeEach(async () => {
      store = await open();
    });

    it('finds a key as it was added, and no other', async () => {
      const full = key('k1', { actionPrefixes: ['x.', 'y'], expiresAt: 9, lastUsedAt: 8, makers: ['k8', 'k9'] });
      await store.add(full);
      await store.add(key('k2'));
      expect(without(await store.find('k1'))).to.deep.equal(full);
      expect(without(await store.find('k2'))).to.deep.equal(key('k2'));
      expect(await store.find('k')).to.equal(undefined);
    });

    it('does not bring back a removed key when its adding comes again', async () => {
      await store.add(key('k1'));
      await store.remove('k1', { at: 10, by: 'me' });
      await store.add(key('k1'));
      expect(await store.find('k1')).to.include({ removedAt: 10, removedBy: 'me' });
    });

    it('keeps the first removal of a key, and says which keys it does not know', async () => {
      await store.add(key('k1'));
      expect(await store.remove('k1', { at: 10, by: 'me' })).to.equal('removed');
      expect(await store.remove('k1', { at: 11, by: 'you' })).to.equal('removed');
      expect(await store.find('k1')).to.include({ removedAt: 10, removedBy: 'me', name: 'n' });
      expect(await store.remove('k2', { at: 11, by: 'you' })).to.equal('unknown');
      expect(await store.find('k2')).to.equal(undefined);
    });

    it('removes a key with all that it made in one mark of its own, once', async () => {
      await store.add(key('k1'));
      await store.add(key('k2', { makers: ['k1'] }));
      expect(await store.findRemovedTrees(['k1', 'k2', 'k3'])).to.deep.equal(new Map());
      expect(await store.removeTree('k1', { at: 10, by: 'me' })).to.equal('removed');
      expect(await store.removeTree('k1', { at: 11, by: 'you' })).to.equal('removed');
      expect(await store.removeTree('k3', { at: 10, by: 'me' })).to.equal('unknown');
      expect(await store.findRemovedTrees(['k1', 'k2', 'k3'])).to.deep.equal(new Map([['k1', { at: 10, by: 'me' }]]));
      expect(await store.findRemovedTrees([])).to.deep.equal(new Map());
      expect(await store.find('k1')).to.include({ removedAt: 10, removedBy: 'me' });
      expect(without(await store.find('k2'))).to.deep.equal(key('k2', { makers: ['k1'] }));
      expect(await store.find('k3')).to.equal(undefined);
    });

    it('removes with all that it made a key that was removed alone before, whose record stays', async () => {
      await store.add(key('k1'));
      await store.remove('k1', { at: 10, by: 'me' });
      expect(await store.findRemovedTrees(['k1'])).to.deep.equal(new Map());
      await store.removeTree('k1', { at: 11, by: 'you' });
      expect(await store.find('k1')).to.include({ removedAt: 10, removedBy: 'me' });
      expect(await store.findRemovedTrees(['k1'])).to.deep.equal(new Map([['k1', { at: 11, by: 'you' }]]));
    });

    it('finds removed trees among more keys than one request takes', async () => {
      const ids = Array.from({ length: 230 }, (_, index) => `k${index}`);
      for (const id of ids.filter((_, index) => index % 50 === 0)) {
        await store.add(key(id));
        await store.removeTree(id, { at: 10, by: 'me' });
      }
      expect([...(await store.findRemovedTrees(ids)).keys()]).to.have.members(['k0', 'k50', 'k100', 'k150', 'k200']);
    });

    it('notes a use only when the last one is old enough, and of known keys', async () => {
      await store.add(key('k1'));
      await store.markUsed('k1', { at: 100, unlessAfter: 0 });
      expect(await store.find('k1')).to.include({ lastUsedAt: 100 });
      await store.markUsed('k1', { at: 150, unlessAfter: 99 });
      expect(await store.find('k1')).to.include({ lastUsedAt: 100 });
      await store.markUsed('k1', { at: 150, unlessAfter: 100 });
      expect(await store.find('k1')).to.include({ lastUsedAt: 150 });
      await store.markUsed('k2', { at: 150, unlessAfter: 100 });
      expect(await store.find('k2')).to.equal(undefined);
    });

    it('lists all keys in pages, removed ones too', async () => {
      for (const id of ['k3', 'k1', 'k2', 'k4']) await store.add(key(id));
      await store.remove('k2', { at: 10, by: 'me' });
      const pages: string[][] = [];
      let after: string | undefined;
      do {
        const page = await store.list({ after, limit: 2 });
        pages.push(page.keys.map(({ id }) => id));
        after = page.next;
      } while (after !== undefined);
      expect(pages).to.deep.equal([
        ['k1', 'k2'],
        ['k3', 'k4'],
      ]);
    });
  });
}

/** The key without the fields that it does not have. */
function without(found: StoredKey | undefined): object {
  return Object.fromEntries(Object.entries(found ?? {}).filter(([, value]) => value !== undefined));
}
