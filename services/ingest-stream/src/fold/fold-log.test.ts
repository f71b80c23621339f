import { userHash } from '@weir/aggregates';
import type { StoredRow } from '@weir/dynamodb';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { expect } from 'chai';
import { createConsumerFixture, eventText, LOG_ID, NOW, recordsOf, SHARD_ID } from '../testing/consumer-fixture.ts';
import { foldLog } from './fold-log.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const NEVER = Number.POSITIVE_INFINITY;
const HOURS = 150;

describe('folding a log', () => {
  /** A log of entries with one event each, each in a different hour. */
  async function loggedHours(entries: number) {
    const fixture = createConsumerFixture();
    const consumer = fixture.newConsumer();
    for (let i = 0; i < entries; i++) {
      const text = eventText({ timestamp: NOW - i * HOUR_MS });
      await consumer.consume({ shardId: SHARD_ID, records: recordsOf([text], { first: i + 1 }) });
    }
    const { store, deps, reader, activity, clock } = fixture;
    const count = async () => (await reader.listActions())[0]?.count;
    return { store, deps, clock, count, activity };
  }

  it('does nothing for a log that does not exist or is empty', async () => {
    const { store, deps } = await loggedHours(0);
    expect(await foldLog(deps, LOG_ID, { deadline: NEVER })).to.deep.equal({ kind: 'nothing' });
    await store.register(LOG_ID, []);
    expect(await foldLog(deps, LOG_ID, { deadline: NEVER })).to.deep.equal({ kind: 'nothing' });
  });

  it('writes each row once, and raises the watermark', async () => {
    const { store, deps, count } = await loggedHours(3);
    expect(await foldLog(deps, LOG_ID, { deadline: NEVER })).to.deep.equal({ kind: 'folded', upTo: 2, rows: 6 });
    expect((await store.find(LOG_ID))?.watermark).to.include({ number: 2, arrival: NOW });
    expect(await foldLog(deps, LOG_ID, { deadline: NEVER })).to.deep.equal({ kind: 'nothing' });
    expect(await count()).to.equal(3);
  });

  it("keeps users' days 400 days after their end or the last fold, whichever is later", async () => {
    const { store, deps } = await loggedHours(30);
    await foldLog(deps, LOG_ID, { deadline: NEVER });
    const today = Math.floor(NOW / DAY_MS);
    const range = { kind: 'user' as const, subject: userHash('u1'), from: 0, to: today };
    const rows = (await store.queryRows(range)) as (StoredRow & { expiresAt: number })[];
    expect(rows.map(({ key, expiresAt }) => [key.bucket, expiresAt])).to.deep.equal([
      [today - 1, NOW / 1000 + 400 * 86_400],
      [today, (today + 1) * 86_400 + 400 * 86_400],
    ]);
  });

  it('adds nothing to an erased row, and does not write it', async () => {
    const { store, deps, activity } = await loggedHours(3);
    const key = { kind: 'user' as const, subject: userHash('u1'), bucket: Math.floor(NOW / DAY_MS), logId: LOG_ID };
    expect(await activity.eraseActivity('u1')).to.deep.equal({ rows: 1 });
    const emptied = await store.readRows([key]);
    expect(await foldLog(deps, LOG_ID, { deadline: NEVER })).to.deep.include({ kind: 'folded', upTo: 2 });
    expect(await store.readRows([key])).to.deep.equal(emptied);
    expect(await activity.readActivity({ userId: 'u1', from: 0, to: NOW + DAY_MS })).to.deep.equal([]);
  });

  it('stops at its deadline, and continues with the same range though the log has grown', async () => {
    const { store, deps, clock, count } = await loggedHours(HOURS);
    const hurried = new MemoryMetricsStore(undefined, store.items);
    hurried.writeRows = async (writes) => {
      clock.now += 1000;
      return store.writeRows(writes);
    };
    const first = await foldLog({ ...deps, store: hurried }, LOG_ID, { deadline: NOW + 500 });
    if (first.kind !== 'out-of-time') throw new Error(`it ${first.kind}`);
    expect(first.rows).to.be.greaterThan(0);
    expect((await store.find(LOG_ID))?.watermark.number).to.equal(-1);
    const records = recordsOf([eventText()], { first: HOURS + 1 });
    await createConsumerFixture({ store }).newConsumer().consume({ shardId: SHARD_ID, records });
    const second = await foldLog(deps, LOG_ID, { deadline: NEVER, progress: first.progress });
    expect(second).to.deep.include({ kind: 'folded', upTo: HOURS - 1 });
    expect(await count()).to.equal(HOURS + 1);
  });

  it('refuses a range with a missing number', async () => {
    const { store, deps } = await loggedHours(4);
    const holed = (missing: number) => {
      const holedStore = new MemoryMetricsStore(undefined, store.items);
      holedStore.readAfter = async (...args) =>
        (await store.readAfter(...args)).filter(({ number }) => number !== missing);
      return { ...deps, store: holedStore };
    };
    expect(await foldLog(holed(2), LOG_ID, { deadline: NEVER })).to.deep.include({ kind: 'folded', upTo: 1 });
    const error = await foldLog(holed(2), LOG_ID, { deadline: NEVER }).catch((reason: Error) => reason.message);
    expect(error).to.equal('entry 2 is missing from the log; entry 3 follows');
  });
});
