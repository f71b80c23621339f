import { buffer } from 'node:stream/consumers';
import { decompress } from '@weir/archive';
import { archiveKeys } from '@weir/archive/keys';
import { expect } from 'chai';
import { foldLog } from '../fold/fold-log.ts';
import { createConsumerFixture, eventText, LOG_ID, NOW, recordsOf, SHARD_ID } from '../testing/consumer-fixture.ts';
import { removeOrphans, rewriteClosedHours } from './rewrite-hours.ts';

const HOUR_MS = 3_600_000;
const NEVER = Number.POSITIVE_INFINITY;

describe('rewriting closed hours of the archive', () => {
  async function archived(batches: number, hours: number) {
    const fixture = createConsumerFixture();
    const consumer = fixture.newConsumer();
    for (let i = 0; i < batches * hours; i++) {
      const arrival = NOW + Math.floor(i / batches) * HOUR_MS + i;
      await consumer.consume({
        shardId: SHARD_ID,
        records: recordsOf([eventText({ n: i })], { first: i + 1, arrival }),
      });
    }
    const deps = { store: fixture.store, objects: fixture.objects, now: () => fixture.clock.now };
    const lines = async () => {
      const texts: string[] = [];
      for (const key of await archiveKeys(fixture.store, LOG_ID)) {
        texts.push(Buffer.from(decompress(await buffer(await fixture.objects.get(key)))).toString());
      }
      return texts
        .join('')
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).event.n);
    };
    return { ...fixture, deps, lines };
  }

  it('does not rewrite an hour that is not closed', async () => {
    const { deps, objects } = await archived(3, 1);
    expect(await rewriteClosedHours(deps, LOG_ID, NEVER)).to.equal(0);
    expect(objects.objects.size).to.equal(3);
  });

  it('makes one object of each closed hour, and keeps every line in order', async () => {
    const { deps, objects, clock, lines } = await archived(3, 3);
    clock.now += 2 * HOUR_MS;
    expect(await rewriteClosedHours(deps, LOG_ID, NEVER)).to.equal(2);
    expect(objects.objects.size).to.equal(2 + 3);
    expect(await lines()).to.deep.equal([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('makes the same object again if it stopped before it recorded the run', async () => {
    const { deps, store, objects, clock, lines } = await archived(3, 1);
    clock.now += 2 * HOUR_MS;
    const addRun = store.addRun.bind(store);
    store.addRun = async () => {
      throw new Error('died');
    };
    await rewriteClosedHours(deps, LOG_ID, NEVER).catch(() => undefined);
    expect(await lines()).to.deep.equal([0, 1, 2]);
    store.addRun = addRun;
    expect(await rewriteClosedHours(deps, LOG_ID, NEVER)).to.equal(1);
    expect(objects.objects.size).to.equal(1);
    expect(await lines()).to.deep.equal([0, 1, 2]);
  });

  it('removes objects that no entry names, when no append can name them any more', async () => {
    const { deps, objects, clock, lines } = await archived(3, 1);
    const orphan = 'events/dt=2026-01-10/hour=11/1764000000.0-0000000001-00000000000000000000000000000000.ndjson.zst';
    const other = 'events/dt=2026-01-10/hour=11/1764000000.1-0000000001-00000000000000000000000000000000.ndjson.zst';
    await objects.put(orphan, new Uint8Array());
    await objects.put(other, new Uint8Array());
    clock.now += HOUR_MS;
    await rewriteClosedHours(deps, LOG_ID, NEVER);
    expect(await removeOrphans(deps, LOG_ID)).to.equal(0);
    clock.now += 2 * HOUR_MS;
    expect(await removeOrphans(deps, LOG_ID)).to.equal(1);
    expect([...objects.objects.keys()])
      .to.include(other)
      .and.not.include(orphan);
    expect(await lines()).to.deep.equal([0, 1, 2]);
    expect(await removeOrphans(deps, LOG_ID)).to.equal(0);
  });

  it('keeps every run of an hour that is read late and slowly, a little more at each sweep', async () => {
    const { deps, newConsumer, clock, lines } = await archived(0, 0);
    const consumer = newConsumer();
    clock.now += 4 * HOUR_MS;
    for (let n = 0; n < 30; n++) {
      const records = recordsOf([eventText({ n })], { first: n + 1, arrival: NOW + n });
      await consumer.consume({ shardId: SHARD_ID, records });
      clock.now += HOUR_MS / 10;
      await rewriteClosedHours(deps, LOG_ID, NEVER);
      expect(await removeOrphans(deps, LOG_ID)).to.equal(0);
    }
    expect(await lines()).to.have.length(30);
  });

  it('refuses an hour whose first entries have expired, and removes none of their objects', async () => {
    const { deps, store, objects, clock } = await archived(3, 1);
    for (const key of [...store.items.keys()].filter((name) => /^log#[^\n]*\n0000000000$/.test(name))) {
      store.items.delete(key);
    }
    clock.now += 5 * HOUR_MS;
    const error = await rewriteClosedHours(deps, LOG_ID, NEVER).catch((reason: Error) => reason.message);
    expect(error).to.equal('entries 0 to 0 of 1764000000.0 expired before their hour was rewritten');
    expect(await removeOrphans(deps, LOG_ID)).to.equal(0);
    expect(objects.objects.size).to.equal(3);
  });

  it('refuses an hour whose entries have all expired before the rewrite, though no later entry shows it', async () => {
    const { deps, store, objects, clock, newConsumer } = await archived(3, 1);
    clock.now += 2 * HOUR_MS;
    expect(await rewriteClosedHours(deps, LOG_ID, NEVER)).to.equal(1);
    // Read late: one more entry of the hour that was rewritten. It expires before the next sweep.
    const late = recordsOf([eventText()], { first: 9, arrival: NOW + 9 });
    await newConsumer().consume({ shardId: SHARD_ID, records: late });
    await foldLog(deps, LOG_ID, { deadline: NEVER });
    for (const key of [...store.items.keys()].filter((name) => name.startsWith('log#'))) store.items.delete(key);
    clock.now += 5 * HOUR_MS;
    for (const work of [() => rewriteClosedHours(deps, LOG_ID, NEVER), () => removeOrphans(deps, LOG_ID)]) {
      const error = await work().catch((reason: Error) => reason.message);
      expect(error).to.equal('entries 3 to 3 of 1764000000.0 expired before their hour was rewritten');
    }
    expect(objects.objects.size).to.equal(2);
  });

  it('looks for orphans in every hour that an outage left, whatever their number', async () => {
    const { deps, store, clock } = await archived(1, 30);
    clock.now += 40 * HOUR_MS;
    await rewriteClosedHours(deps, LOG_ID, NEVER);
    await removeOrphans(deps, LOG_ID);
    expect((await store.newestRuns(LOG_ID, 99)).filter(({ swept }) => !swept)).to.deep.equal([]);
  });

  it('looks for orphans in these hours also if it died after one of them', async () => {
    const { deps, store, clock } = await archived(1, 130);
    clock.now += 140 * HOUR_MS;
    await rewriteClosedHours(deps, LOG_ID, NEVER);
    const { markSwept } = store;
    let marks = 0;
    store.markSwept = async (run) => {
      if (marks++ > 0) throw new Error('died');
      await markSwept.call(store, run);
    };
    await removeOrphans(deps, LOG_ID).catch(() => undefined);
    store.markSwept = markSwept;
    await removeOrphans(deps, LOG_ID);
    expect((await store.newestRuns(LOG_ID, 199)).filter(({ swept }) => !swept)).to.deep.equal([]);
  });
});
