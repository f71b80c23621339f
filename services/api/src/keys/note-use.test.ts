import { createMemoryKeysStore } from '@weir/dynamodb/keys/memory';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import sinon from 'sinon';
import { createNoteUse } from './note-use.ts';

const KEY = { id: 'key_1', hash: 'h', name: 'n', scopes: [], createdAt: 0, createdBy: 'bootstrap', makers: [] };
const INTERVAL = 300_000;

async function createNoting() {
  const store = createMemoryKeysStore();
  await store.add(KEY);
  const clock = { now: 1_000_000 };
  const warn = sinon.spy();
  const options = { store, now: () => clock.now, log: { ...silentLog, warn }, intervalMs: INTERVAL, budgetMs: 20 };
  const key = async () => (await store.find(KEY.id)) ?? KEY;
  return { store, clock, warn, key, note: createNoteUse(options), noteElsewhere: createNoteUse(options) };
}

describe('createNoteUse', () => {
  it('writes the last use at most once in an interval, for all processes', async () => {
    const { store, clock, note, noteElsewhere, key } = await createNoting();
    const write = sinon.spy(store, 'markUsed');
    await note(await key());
    expect(await key()).to.include({ lastUsedAt: 1_000_000 });
    clock.now += INTERVAL - 1;
    await note(await key());
    await noteElsewhere(await key());
    expect(write.callCount).to.equal(1);
    clock.now += 1;
    await noteElsewhere(await key());
    expect(await key()).to.include({ lastUsedAt: 1_000_000 + INTERVAL });
  });

  it('never fails, logs the reason, and does not call a table that is down again for an interval', async () => {
    const { store, clock, note, warn } = await createNoting();
    const write = sinon.stub(store, 'markUsed').rejects(new Error('down'));
    await note(KEY);
    await note(KEY);
    expect([write.callCount, warn.callCount]).to.deep.equal([1, 1]);
    clock.now += INTERVAL;
    await note(KEY);
    expect(write.callCount).to.equal(2);
  });

  it('does not wait for a table that hangs', async () => {
    const { store, note, warn } = await createNoting();
    sinon.stub(store, 'markUsed').returns(new Promise(() => undefined));
    await note(KEY);
    expect(warn.calledOnce).to.equal(true);
  });
});
