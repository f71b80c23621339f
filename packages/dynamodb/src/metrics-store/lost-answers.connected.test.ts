import { openLocalTables } from '@weir/local/tables';
import { expect } from 'chai';
import { createErasureStore } from '../erasures-store/dynamo-erasure-store.ts';
import { createPassStore } from '../erasures-store/dynamo-pass-store.ts';
import { NO_PASS } from '../erasures-store/passes-store.ts';
import { createDynamoKeysStore } from '../keys-store/dynamo-keys-store.ts';
import { countingEntry } from '../testing/counted-log.ts';
import { createDynamoUsersStore } from '../users-store/dynamo-users-store.ts';
import { createDynamoMetricsStore } from './dynamo-metrics-store.ts';
import type { MetricsStore, RowKey } from './metrics-store.ts';

const KEY: RowKey = { kind: 'hour', subject: 'a', bucket: 10, logId: '1.0' };
const WATERMARK = { number: 4, position: { sequenceNumber: '7', index: 2 }, arrival: 5 };

// The SDK sends again what it had no answer to, and then meets its own write. The store cannot always tell: what it says is
// then that somebody was first, and the caller reads who it was.
describe('a write to DynamoDB that was done, though its answer was lost', function () {
  this.timeout(60_000);
  const tables = openLocalTables();
  after(() => tables.close());
  let access: Awaited<ReturnType<typeof tables.create>>;
  let store: MetricsStore;
  beforeEach(async () => {
    access = await tables.create();
    store = createDynamoMetricsStore(access);
  });

  /** Makes a call whose answer is lost the first time. */
  async function losing<T>(call: () => Promise<T>): Promise<T> {
    const aws = await tables.aws();
    aws.addFaults({ match: { service: 'dynamodb', resource: access.tableName }, kind: 'drop-after', times: 1 });
    aws.resetUsage();
    const result = await call();
    const calls = Object.values(aws.usage().actions).reduce((sum, each) => sum + each.calls, 0);
    expect(calls, 'calls of which the first had no answer').to.be.at.least(2);
    return result;
  }

  it('of an entry is told as a number that is taken, by the very entry', async () => {
    const entry = countingEntry(3, [{ action: 'a', at: 0 }]);
    expect(await losing(() => store.append('1.0', entry, 99))).to.equal(false);
    const [found] = await store.readAfter('1.0', -1);
    expect([found?.number, found?.bytes]).to.deep.equal([3, entry.body.length]);
  });

  for (const madeFrom of [undefined, 3]) {
    it(`of a row made from ${madeFrom ?? 'nothing'} is told as one that has moved on, to where it was to be`, async () => {
      const row = (upTo: number, from?: number) => {
        return { key: KEY, upTo, madeFrom: from, body: Uint8Array.of(upTo), expiresAt: undefined };
      };
      if (madeFrom !== undefined) await store.writeRows([row(madeFrom)]);
      expect(await losing(() => store.writeRows([row(7, madeFrom)]))).to.deep.equal([KEY]);
      expect((await store.readRows([KEY])).map(({ upTo, body }) => [upTo, ...body])).to.deep.equal([[7, 7]]);
    });
  }

  it('of a slot is told as one that is taken, by the very action', async () => {
    expect(await losing(() => store.takeSlot(0, 'a'))).to.equal(false);
    expect(await store.readSlots(-1)).to.deep.equal(['a']);
  });

  it('of the secret gives that secret', async () => {
    expect(await losing(() => store.keepSecret('mine'))).to.equal('mine');
    expect(await store.keepSecret('other')).to.equal('mine');
  });

  it('of a run of the archive is told as one that is recorded already', async () => {
    const run = { logId: '1.0', from: 0, to: 4, hour: 7, digest: 'd', swept: false };
    expect(await losing(() => store.addRun(run))).to.equal(false);
    expect(await store.findRun('1.0', 0)).to.deep.equal(run);
  });

  it('of a log and of its watermark is no failure', async () => {
    await losing(() => store.register('1.0', ['0.9']));
    await losing(() => store.raiseWatermark('1.0', WATERMARK));
    expect(await store.find('1.0')).to.deep.equal({ logId: '1.0', parents: ['0.9'], watermark: WATERMARK });
  });

  it('of a user who is removed is told as one who has changed, and is gone', async () => {
    const users = createDynamoUsersStore(access);
    const user = { userId: 'u', profile: {}, avatar: undefined, createdAt: 0, updatedAt: 0, version: 'a' };
    expect(await losing(() => users.write(user, undefined))).to.equal('written');
    expect(await losing(() => users.remove('u', 'a'))).to.equal('changed');
    expect(await users.find('u')).to.equal(undefined);
  });

  it('of a key that is removed keeps the first removal', async () => {
    const keys = createDynamoKeysStore(access);
    await keys.add({ id: 'k', hash: 'h', name: 'n', scopes: [], createdAt: 1, createdBy: 'me', makers: [] });
    expect(await losing(() => keys.removeTree('k', { at: 10, by: 'me' }))).to.equal('removed');
    expect(await keys.find('k')).to.include({ removedAt: 10, removedBy: 'me' });
  });

  it('of an erasure begins one, and settles it once', async () => {
    const erasures = createErasureStore(access);
    const start = { id: 'e1', userId: 'u', userHash: 'h', requestedAt: 100, until: 200 };
    const erasure = await losing(() => erasures.begin(start));
    expect(erasure).to.include({ id: 'e1', revision: 0 });
    const counts = { archive: { items: 2, objects: 1, at: 300 } };
    const next = { status: 'running', step: 'closed', dueAt: 400, tries: 0 } as const;
    expect(await losing(() => erasures.settle({ pass: 1, erasure, next, counts }))).to.equal(true);
    expect((await erasures.find('e1'))?.places).to.deep.equal(counts);
  });

  it('of a pass counts its objects once', async () => {
    const passes = createPassStore({ ...access, metricsTable: access.tableName });
    await passes.begin(NO_PASS, 'x1');
    await passes.open(1, [], 50);
    const counts = { place: 'archive', key: 'k', counts: new Map([[0, 3]]) };
    expect(await losing(() => passes.count(1, counts))).to.equal(true);
    const found: unknown[] = [];
    for await (const each of passes.listCounts(1)) found.push(each);
    expect(found).to.deep.equal([counts]);
  });
});
