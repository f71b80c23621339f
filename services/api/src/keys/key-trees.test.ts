import type { KeysStore } from '@weir/dynamodb/keys';
import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import fc from 'fast-check';
import { createAuthenticate } from '../http/callers/authenticate.ts';
import { BOOTSTRAP, type Principal } from '../http/callers/principal.ts';
import { createCursors } from '../http/requests/cursor.ts';
import { createServe } from '../serve/serve.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { createIdentifyKey } from './identify-key.ts';
import { createKeysRoutes } from './keys-routes.ts';
import { MAX_KEY_MAKERS } from './limits.ts';

const NOW = Date.UTC(2025, 10, 24, 16);
const BODY = JSON.stringify({ name: 'n', scopes: ['keys:read', 'keys:write'] });

/** A key as its maker knows it. */
interface Known {
  readonly id: string;
  readonly text: string;
}

/** The routes of keys and the authorizer, on one store. */
function createWorld(store: KeysStore = createMemoryKeysStore()) {
  const clock = { now: NOW };
  const now = () => clock.now++;
  let made = 0;
  const random = () => new Uint8Array(new Uint32Array(8).fill(++made).buffer);
  const cursors = createCursors({ secret: () => 'of the tests' });
  const routes = createKeysRoutes({ store, cursors, now, random, log: silentLog, budgetMs: 1_000 });
  const serve = createServe({ routes, authenticate: createAuthenticate({ log: silentLog, now }), log: silentLog });
  const readBootstrapKeys = async () => ['the-bootstrap-key'];
  const refused = { has: () => false, add: () => undefined };
  const identify = createIdentifyKey({ store, readBootstrapKeys, refused, noteUse: async () => undefined, now });
  const call = async (parts: EventParts): Promise<Answer> => readAnswer(await serve(apiEvent(parts)));

  /** The principal that the authorizer finds for the key. */
  const who = async ({ text }: Known): Promise<Principal> => {
    const found = await identify(`Bearer ${text}`);
    if (found.kind === 'refused') throw new Error(found.reason);
    return found;
  };
  const isGood = async ({ text }: Known) => (await identify(`Bearer ${text}`)).kind === 'principal';
  const ask = (principal: Principal) => call({ method: 'POST', path: '/v1/keys', body: BODY, principal });
  const make = async (principal: Principal = BOOTSTRAP): Promise<Known> => {
    const { body } = await ask(principal);
    return { id: String(body.id), text: String(body.key) };
  };
  const remove = (id: string, query: Record<string, string> = {}, principal: Principal = BOOTSTRAP) =>
    call({ method: 'DELETE', path: `/v1/keys/${id}`, query, principal });
  const removeTree = (id: string, principal?: Principal) => remove(id, { descendants: 'true' }, principal);
  const list = async (query: Record<string, string> = {}) =>
    (await call({ path: '/v1/keys', query: { limit: '1000', ...query } })).body.items as Record<string, unknown>[];
  return { store, who, isGood, ask, make, remove, removeTree, list };
}

describe('a removed key', () => {
  it('leaves the keys that it made: the list shows the maker of each', async () => {
    const { make, who, isGood, remove, list } = createWorld();
    const maker = await make();
    const child = await make(await who(maker));
    expect((await remove(maker.id, { descendants: 'false' })).status).to.equal(204);
    expect([await isGood(maker), await isGood(child)]).to.deep.equal([false, true]);
    const byId = Object.fromEntries((await list()).map((item) => [item.id, item]));
    expect(byId[child.id]).to.include({ createdBy: maker.id, status: 'active' });
    expect(byId[maker.id])
      .to.include({ createdBy: 'bootstrap', status: 'removed' })
      .and.to.not.have.property('removedWith');
  });

  it('makes no key in the minute in which API Gateway still admits it', async () => {
    const { make, who, ask, remove, removeTree, list } = createWorld();
    const maker = await make();
    const child = await make(await who(maker));
    const [asMaker, asChild] = [await who(maker), await who(child)];
    await remove(maker.id);
    expectProblem(await ask(asMaker), 'unauthorized');
    await removeTree(maker.id);
    expectProblem(await ask(asChild), 'unauthorized');
    expect(await list()).to.have.length(2);
  });
});

describe('a key that is removed with its descendants', () => {
  it('removes all of them, and no other key; the list shows with which key they were removed', async () => {
    const { make, who, isGood, removeTree, list } = createWorld();
    const root = await make();
    const child = await make(await who(root));
    const grandchild = await make(await who(child));
    const [sister, other] = [await make(), await make(await who(root))];
    expect((await removeTree(child.id)).status).to.equal(204);
    for (const gone of [child, grandchild]) expect(await isGood(gone)).to.equal(false);
    for (const kept of [root, sister, other]) expect(await isGood(kept)).to.equal(true);
    const removed = Object.fromEntries((await list({ status: 'removed' })).map((item) => [item.id, item]));
    expect(Object.keys(removed)).to.have.members([child.id, grandchild.id]);
    expect(removed[grandchild.id]).to.include({ removedWith: child.id, removedBy: 'bootstrap' });
    expect(removed[grandchild.id]?.removedAt).to.equal(removed[child.id]?.removedAt);
    expect(await list({ status: 'active' })).to.have.length(3);
  });

  it('may have been removed alone before, so that the keys that it made still exist', async () => {
    const { make, who, isGood, remove, removeTree, list } = createWorld();
    const root = await make();
    const child = await make(await who(root));
    const grandchild = await make(await who(child));
    await remove(root.id);
    await remove(child.id);
    expect(await isGood(grandchild)).to.equal(true);
    const before = Object.fromEntries((await list()).map(({ id, removedAt }) => [id, removedAt]));
    await removeTree(root.id);
    const answer = await removeTree(root.id);
    expect([answer.status, await isGood(grandchild)]).to.deep.equal([204, false]);
    const after = Object.fromEntries((await list()).map(({ id, removedAt }) => [id, removedAt]));
    expect([after[root.id], after[child.id]]).to.deep.equal([before[root.id], before[child.id]]);
  });

  it('may be a maker of the calling key, or the calling key itself', async () => {
    const { make, who, isGood, removeTree } = createWorld();
    const root = await make();
    const child = await make(await who(root));
    expect((await removeTree(root.id, await who(child))).status).to.equal(204);
    expect([await isGood(root), await isGood(child)]).to.deep.equal([false, false]);
    const own = await make();
    expect((await removeTree(own.id, await who(own))).status).to.equal(204);
    expect(await isGood(own)).to.equal(false);
  });

  it('is neither the bootstrap key nor an unknown key', async () => {
    const { removeTree } = createWorld();
    expectProblem(await removeTree('bootstrap'), 'conflict');
    expectProblem(await removeTree(`key_${'A'.repeat(20)}`), 'resource-not-found');
  });

  // Every point at which making a key waits for the store.
  for (const [operation, at] of [
    ['find', 'before'],
    ['find', 'after'],
    ['findRemovedTrees', 'before'],
    ['findRemovedTrees', 'after'],
    ['add', 'before'],
    ['add', 'after'],
  ] as const) {
    it(`removes a key that is made at that moment, ${at} the maker’s ${operation}`, async () => {
      const store = createMemoryKeysStore();
      const { make, who, ask, removeTree, isGood, list } = createWorld(store);
      const root = await make();
      const maker = await make(await who(root));
      const asMaker = await who(maker);
      const real = store[operation] as (...given: unknown[]) => Promise<unknown>;
      let calls = 0;
      const interrupted = async (...given: unknown[]) => {
        const isFirst = calls++ === 0;
        if (isFirst && at === 'before') await removeTree(root.id);
        const result = await real(...given);
        if (isFirst && at === 'after') await removeTree(root.id);
        return result;
      };
      Object.assign(store, { [operation]: interrupted });
      const { status, body } = await ask(asMaker);
      expect(calls).to.be.greaterThan(0);
      expect(status).to.be.oneOf([201, 401]);
      if (status === 201) expect(await isGood({ id: String(body.id), text: String(body.key) })).to.equal(false);
      expect(await list({ status: 'active' })).to.deep.equal([]);
    });
  }

  it('removes exactly its descendants, for any keys made and removed before and after', async () => {
    const step = fc.record({ kind: fc.constantFrom('make', 'make', 'make', 'remove', 'removeTree'), at: fc.nat() });
    const property = fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const { make, who, isGood, remove, removeTree, list } = createWorld();
      const keys: { known: Known; makers: number[]; alone: boolean; tree: boolean }[] = [];
      const isGone = (index: number): boolean => {
        const key = keys[index];
        return key === undefined || key.alone || key.tree || key.makers.some((maker) => keys[maker]?.tree);
      };
      for (const { kind, at } of steps) {
        const index = at % (keys.length + 1);
        const key = keys[index];
        if (key === undefined) keys.push({ known: await make(), makers: [], alone: false, tree: false });
        else if (kind === 'remove') {
          await remove(key.known.id);
          key.alone = true;
        } else if (kind === 'removeTree') {
          await removeTree(key.known.id);
          key.tree = true;
        } else if (!isGone(index)) {
          const known = await make(await who(key.known));
          keys.push({ known, makers: [...key.makers, index], alone: false, tree: false });
        }
      }
      const good = await Promise.all(keys.map(({ known }) => isGood(known)));
      expect(good).to.deep.equal(keys.map((_, index) => !isGone(index)));
      const active = keys.filter((_, index) => !isGone(index)).map(({ known }) => known.id);
      expect((await list({ status: 'active' })).map(({ id }) => id)).to.have.members(active);
      expect(await list()).to.have.length(keys.length);
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('has at most as many makers as one request reads', async () => {
    const { make, who, ask, isGood, removeTree } = createWorld();
    const root = await make();
    let last = root;
    for (let depth = 1; depth <= MAX_KEY_MAKERS; depth++) last = await make(await who(last));
    expect(await isGood(last)).to.equal(true);
    expectProblem(await ask(await who(last)), 'forbidden');
    await removeTree(root.id);
    expect(await isGood(last)).to.equal(false);
  });
});
