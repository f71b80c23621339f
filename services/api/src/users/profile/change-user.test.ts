import type { StoredUser, UsersStore } from '@weir/dynamodb/users';
import { MemoryUsersStore } from '@weir/dynamodb/users/memory';
import { expect } from 'chai';
import fc from 'fast-check';
import sinon from 'sinon';
import { changeAvatar } from './change-avatar.ts';
import { type ChangeDeps, changeUser } from './change-user.ts';
import { deleteProfile } from './delete-profile.ts';

/** A store whose calls wait for `scheduler`, which chooses the writer that continues. */
function scheduled(store: UsersStore, scheduler: fc.Scheduler): UsersStore {
  return {
    find: scheduler.scheduleFunction((id: string) => store.find(id)),
    write: scheduler.scheduleFunction((user: StoredUser, expected: string | undefined) => store.write(user, expected)),
    remove: scheduler.scheduleFunction((id: string, expected: string) => store.remove(id, expected)),
    list: (range) => store.list(range),
  };
}

function createDeps(store: UsersStore, more: Partial<ChangeDeps> = {}): ChangeDeps {
  let versions = 0;
  let time = 0;
  return {
    store,
    newVersion: () => `v${versions++}`,
    now: () => time++,
    random: () => 1,
    sleep: async () => undefined,
    changeBudgetMs: 1_000_000,
    ...more,
  };
}

const named = (name: string) => ({ profile: { name }, avatar: undefined });

describe('changeUser', () => {
  it('keeps the time when a user was created, and gives each state its own version', async () => {
    const deps = createDeps(new MemoryUsersStore());
    const write = (name: string) => changeUser<never>(deps, 'u', () => ({ kind: 'write', next: named(name) }));
    const [created, replaced] = [await write('a'), await write('b')];
    if (created.kind !== 'written' || replaced.kind !== 'written') throw new Error('not written');
    expect([created.before, replaced.before]).to.deep.equal([undefined, created.user]);
    expect(replaced.user.createdAt).to.equal(created.user.createdAt);
    expect(replaced.user.updatedAt).to.be.above(created.user.updatedAt);
    expect(replaced.user.version).to.not.equal(created.user.version);
    expect(await deps.store.find('u')).to.deep.equal(replaced.user);
  });

  it('writes nothing if there is a reason to leave the user unchanged', async () => {
    const deps = createDeps(new MemoryUsersStore());
    expect(await changeUser(deps, 'u', () => ({ kind: 'leave', reason: 'why' }))).to.deep.equal({
      kind: 'left',
      reason: 'why',
    });
    expect(await deps.store.find('u')).to.equal(undefined);
  });

  it('stops within its budget if other writers are always faster, after growing waits', async () => {
    let time = 0;
    const sleep = sinon.spy(async (ms: number) => {
      time += ms;
    });
    const losing: UsersStore = new MemoryUsersStore();
    losing.write = async () => 'changed';
    const deps = createDeps(losing, { now: () => time, sleep, changeBudgetMs: 5_000 });
    expect(await changeUser(deps, 'u', () => ({ kind: 'write', next: named('a') }))).to.deep.equal({
      kind: 'contended',
    });
    expect(sleep.args.flat().slice(0, 9)).to.deep.equal([10, 20, 40, 80, 160, 320, 640, 1_000, 1_000]);
    expect(time).to.be.below(5_000);
  });

  it('loses no change of any writer, in every order of steps', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.integer({ min: 2, max: 6 }), async (scheduler, writers) => {
        const store = new MemoryUsersStore();
        const deps = createDeps(scheduled(store, scheduler));
        const names = Array.from({ length: writers }, (_, index) => `w${index}`);
        const outcomes = names.map((name) =>
          changeUser<never>(deps, 'u', (current) => {
            const attributes = { ...current?.profile.attributes, [name]: true };
            return { kind: 'write', next: { profile: { attributes }, avatar: current?.avatar } };
          }),
        );
        const avatar = changeAvatar(deps, 'u', (old) => ({ times: Number(old?.times ?? 0) + 1 }));
        await scheduler.waitFor(Promise.all([...outcomes, avatar]));
        const user = await store.find('u');
        expect(Object.keys(user?.profile.attributes ?? {})).to.have.members(names);
        expect(user?.avatar).to.deep.equal((await avatar).kind === 'written' ? { times: 1 } : undefined);
        const versions = (await Promise.all(outcomes)).map(
          (outcome) => outcome.kind === 'written' && outcome.user.version,
        );
        expect(new Set(versions).size).to.equal(writers);
      }),
      { numRuns: 300 },
    );
  });

  it('lets one of several writers of one state win, and one of several creators', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, isThere) => {
        const store = new MemoryUsersStore();
        if (isThere) {
          await changeUser<never>(createDeps(store, { newVersion: () => 'seen' }), 'u', () => ({
            kind: 'write',
            next: named('old'),
          }));
        }
        const deps = createDeps(scheduled(store, scheduler));
        const expected = isThere ? 'seen' : undefined;
        const change = (name: string) =>
          changeUser<'other'>(deps, 'u', (current) =>
            current?.version === expected ? { kind: 'write', next: named(name) } : { kind: 'leave', reason: 'other' },
          );
        const outcomes = await scheduler.waitFor(Promise.all(['a', 'b', 'c'].map(change)));
        const winners = ['a', 'b', 'c'].filter((_, index) => outcomes[index]?.kind === 'written');
        expect(winners).to.have.length(1);
        expect((await store.find('u'))?.profile.name).to.equal(winners[0]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('changeAvatar', () => {
  it('writes and removes only the avatar', async () => {
    const deps = createDeps(new MemoryUsersStore());
    await changeUser<never>(deps, 'u', () => ({ kind: 'write', next: named('a') }));
    expect((await changeAvatar(deps, 'u', () => ({ status: 'pending' }))).kind).to.equal('written');
    expect(await deps.store.find('u')).to.deep.include({ profile: { name: 'a' }, avatar: { status: 'pending' } });
    expect((await changeAvatar(deps, 'u', () => undefined)).kind).to.equal('left');
    expect((await changeAvatar(deps, 'u', () => null)).kind).to.equal('written');
    expect((await deps.store.find('u'))?.avatar).to.equal(undefined);
  });

  it('creates no user', async () => {
    const deps = createDeps(new MemoryUsersStore());
    expect(await changeAvatar(deps, 'u', () => ({ status: 'ready' }))).to.deep.equal({ kind: 'missing' });
    expect(await deps.store.find('u')).to.equal(undefined);
  });
});

describe('deleteProfile', () => {
  it('removes a profile once, and returns it', async () => {
    const deps = createDeps(new MemoryUsersStore());
    await changeUser<never>(deps, 'u', () => ({ kind: 'write', next: named('a') }));
    const user = await deps.store.find('u');
    expect(await deleteProfile(deps, 'u')).to.deep.equal({ kind: 'removed', user });
    expect(await deleteProfile(deps, 'u')).to.deep.equal({ kind: 'missing' });
  });

  it('removes only an expected state', async () => {
    const deps = createDeps(new MemoryUsersStore());
    await changeUser<never>(deps, 'u', () => ({ kind: 'write', next: named('a') }));
    expect(await deleteProfile(deps, 'u', ['"other"'])).to.deep.equal({ kind: 'precondition-failed' });
    expect((await deleteProfile(deps, 'u', ['"v0"'])).kind).to.equal('removed');
    expect(await deleteProfile(deps, 'u', '*')).to.deep.equal({ kind: 'missing' });
  });

  it('also removes a profile that was changed meanwhile, and a later writer notices', async function () {
    this.timeout(30_000);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const store = new MemoryUsersStore();
        await changeUser<never>(createDeps(store, { newVersion: () => 'old' }), 'u', () => ({
          kind: 'write',
          next: named('a'),
        }));
        const deps = createDeps(scheduled(store, scheduler));
        const changed = changeUser<'gone'>(deps, 'u', (current) =>
          current ? { kind: 'write', next: named('b') } : { kind: 'leave', reason: 'gone' },
        );
        const [removed] = await scheduler.waitFor(Promise.all([deleteProfile(deps, 'u'), changed]));
        expect(removed.kind).to.equal('removed');
        expect(await store.find('u')).to.equal(undefined);
      }),
    );
  });
});
