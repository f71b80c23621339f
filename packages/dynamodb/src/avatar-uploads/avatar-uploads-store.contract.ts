import { expect } from 'chai';
import type { AvatarUploadsStore } from './avatar-uploads-store.ts';

const upload = (owner: string, uploadId: string) => ({
  ...{ owner, uploadId, userId: `user of ${owner}`, contentType: 'image/png', bytes: 1234 },
  keptUntil: 1_764_000_000_000,
});

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeAvatarUploadsStore(name: string, open: () => Promise<AvatarUploadsStore>): void {
  describe(`the store of avatars' uploads ${name}`, () => {
    let store: AvatarUploadsStore;
    beforeEach(async () => {
      store = await open();
    });

    it('finds what was written, also when it was written twice', async () => {
      await store.create(upload('a', '1'));
      await store.create(upload('a', '1'));
      expect(await store.find({ owner: 'a', uploadId: '1' })).to.deep.equal(upload('a', '1'));
    });

    it('does not find the upload of another owner, or another upload of the same', async () => {
      await store.create(upload('a', '1'));
      expect(await store.find({ owner: 'b', uploadId: '1' })).to.equal(undefined);
      expect(await store.find({ owner: 'a', uploadId: '2' })).to.equal(undefined);
    });

    it('lists the uploads of one owner, and of nobody else', async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `u${index}`);
      for (const id of ids) await store.create(upload('a', id));
      await store.create(upload('b', 'u0'));
      const names = await store.listNames('a');
      expect(names).to.have.deep.members(ids.map((uploadId) => ({ owner: 'a', uploadId })));
      expect(await store.listNames('c')).to.deep.equal([]);
    });

    it('removes the user id from the named uploads and from no others, and makes none that expired', async () => {
      const ids = Array.from({ length: 30 }, (_, index) => `u${index}`);
      for (const id of ids) await store.create(upload('a', id));
      await store.create(upload('b', 'u0'));
      const names = ids.map((uploadId) => ({ owner: 'a', uploadId }));
      await store.forget([...names, { owner: 'a', uploadId: 'expired' }]);
      await store.forget(names);
      expect(await store.find({ owner: 'a', uploadId: 'expired' })).to.equal(undefined);
      for (const uploadId of ids) {
        const found = await store.find({ owner: 'a', uploadId });
        expect(found).to.deep.equal({ ...upload('a', uploadId), userId: undefined });
      }
      expect((await store.find({ owner: 'b', uploadId: 'u0' }))?.userId).to.equal('user of b');
    });
  });
}
