import { expect } from 'chai';
import fc from 'fast-check';
import type { StoredUser, UsersStore } from './users-store.ts';

const user = (userId: string, version: string, more: Partial<StoredUser> = {}): StoredUser => ({
  ...{ userId, version, profile: { name: `the ${version} of ${userId}` }, avatar: undefined },
  ...{ createdAt: 1_764_000_000_000, updatedAt: 1_764_000_000_001 },
  ...more,
});

/** What every implementation of the store must do. `open` gives an empty one. */
export function describeUsersStore(name: string, open: () => Promise<UsersStore>): void {
  describe(`the users store ${name}`, () => {
    let store: UsersStore;
    beforeEach(async () => {
      store = await open();
    });

    it('finds what was written, as it was written', async () => {
      const attributes = JSON.parse(
        '{"big":1e300,"deep":[[{"":null}]],"__proto__":{"x":1},"lone":"\\ud800","list":[]}',
      );
      const avatar = { status: 'ready', bytes: 12.5, isSquare: true, isOld: false, note: '' };
      const whole = user('u_1', 'a', { profile: { name: 'Zoë', email: 'zoe@example.org', attributes }, avatar });
      expect(await store.write(whole, undefined)).to.equal('written');
      expect(await store.find('u_1')).to.deep.equal(whole);
      expect(await store.find('u_2')).to.equal(undefined);
      expect((await store.list({ after: undefined, limit: 5 })).users).to.deep.equal([whole]);
    });

    it('keeps profiles of nothing, and any user id of up to 256 characters', async () => {
      const ids = [
        ' ',
        '..',
        'a/b%2F',
        'u\u0000',
        '\n',
        '\u{10ffff}'.repeat(256),
        'ß'.normalize('NFD'),
        'é',
        'e\u0301',
      ];
      for (const id of ids) await store.write(user(id, 'a', { profile: {} }), undefined);
      for (const id of ids) expect(await store.find(id)).to.deep.equal(user(id, 'a', { profile: {} }));
      expect((await readAll(store, 2)).sort()).to.deep.equal([...ids].sort());
    });

    it('lets one of two writers create a user, and tells the other', async () => {
      expect(await store.write(user('u', 'a'), undefined)).to.equal('written');
      expect(await store.write(user('u', 'b'), undefined)).to.equal('changed');
      expect(await store.find('u')).to.deep.equal(user('u', 'a'));
    });

    it('replaces only the version that was expected', async () => {
      await store.write(user('u', 'a'), undefined);
      expect(await store.write(user('u', 'b'), 'a')).to.equal('written');
      expect(await store.write(user('u', 'c'), 'a')).to.equal('changed');
      expect(await store.write(user('v', 'c'), 'a')).to.equal('changed');
      expect([await store.find('u'), await store.find('v')]).to.deep.equal([user('u', 'b'), undefined]);
    });

    it('takes a write that comes again as written', async () => {
      for (const _ of [1, 2]) expect(await store.write(user('u', 'a'), undefined)).to.equal('written');
      for (const _ of [1, 2]) expect(await store.write(user('u', 'b'), 'a')).to.equal('written');
      expect(await store.write(user('u', 'a'), undefined)).to.equal('changed');
    });

    it('removes only the version that was expected', async () => {
      await store.write(user('u', 'a'), undefined);
      expect(await store.remove('u', 'b')).to.equal('changed');
      expect(await store.remove('u', 'a')).to.equal('written');
      expect(await store.remove('u', 'a')).to.equal('changed');
      expect([await store.find('u'), (await store.list({ after: undefined, limit: 9 })).users]).to.deep.equal([
        undefined,
        [],
      ]);
    });

    it('lets one of many writers succeed in each round, and loses none of their changes', async function () {
      this.timeout(60_000);
      await store.write(user('u', 'start', { profile: { attributes: {} } }), undefined);
      const add = async (name: string): Promise<void> => {
        for (let attempt = 0; ; attempt++) {
          const current = (await store.find('u'))!;
          const attributes = { ...current.profile.attributes, [name]: true };
          const next = { ...current, profile: { attributes }, version: `${name}.${attempt}` };
          if ((await store.write(next, current.version)) === 'written') return;
        }
      };
      const names = Array.from({ length: 12 }, (_, index) => `w${index}`);
      await Promise.all(names.map(add));
      expect(Object.keys((await store.find('u'))?.profile.attributes ?? {})).to.have.members(names);
    });

    it('lists by the bytes of the id, in pages of any size, each user once', async function () {
      this.timeout(60_000);
      const fixed = ['Z', 'a', 'a ', 'aa', 'é', '\uffff', '\u{10000}', '\u{1f600}', '~'];
      const drawn = fc.sample(fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }), { numRuns: 60, seed: 7 });
      const ids = [...new Set([...fixed, ...drawn])];
      for (const id of ids) await store.write(user(id, 'a'), undefined);
      const expected = [...ids].sort((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right)));
      for (const limit of [1, 7, ids.length - 1, ids.length, 1_000]) {
        expect(await readAll(store, limit), `by ${limit}`).to.deep.equal(expected);
      }
    });

    it('continues after a user who was deleted, and ends after the last one', async () => {
      for (const id of ['a', 'b', 'c']) await store.write(user(id, 'a'), undefined);
      await store.remove('b', 'a');
      expect(await store.list({ after: 'b', limit: 5 })).to.deep.equal({ users: [user('c', 'a')], hasMore: false });
      expect(await store.list({ after: 'c', limit: 5 })).to.deep.equal({ users: [], hasMore: false });
    });
  });
}

async function readAll(store: UsersStore, limit: number): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | undefined; ; after = found.at(-1)) {
    const { users, hasMore } = await store.list({ after, limit });
    found.push(...users.map(({ userId }) => userId));
    if (!hasMore) return found;
    if (users.length === 0 || users.length > limit) throw new Error(`a page of ${users.length}`);
  }
}
