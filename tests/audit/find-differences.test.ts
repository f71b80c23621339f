import { decodeHourRow, encodeHourRow, type HourRow } from '@weir/aggregates';
import type { StoredRow } from '@weir/dynamodb';
import { NOW } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import { expect } from 'chai';
import { AuditedWorld, DAY, HOUR_MS, namesOf } from './audited-world.ts';

const HOUR = Math.floor((DAY + 11 * HOUR_MS) / HOUR_MS);

describe('an audit', () => {
  let world: AuditedWorld;
  beforeEach(async () => {
    world = await AuditedWorld.make();
  });

  for (const how of [{}, { isStepwise: true }, { maxBytes: 0 }, { isStepwise: true, maxBytes: 0 }]) {
    it(`finds nothing beside a sweep and an erasure, with ${JSON.stringify(how)}`, async () => {
      expect(await world.audit(how)).to.deep.include({ buckets: [], lost: [] });
      await world.fold();
      expect(await world.audit(how)).to.deep.include({ buckets: [], lost: [] });
    });
  }

  it('notes the end of each log', async () => {
    expect((await world.audit()).heads).to.have.length(1);
    expect((await world.audit()).heads[0]).to.deep.include({ number: 3 });
  });

  it('says up to when everything is compared: what the sweep wrote before the ends were read', async () => {
    const lastArrival = NOW + 3 * HOUR_MS;
    expect((await world.audit()).asOf).to.equal(lastArrival);
    // A shard without a log holds a record.
    const progress = { closedUpTo: lastArrival - 40_000, at: lastArrival };
    await world.store.writeProgress(progress);
    const readBackwards = async () => {
      await world.store.writeProgress({ ...progress, closedUpTo: lastArrival });
    };
    expect((await world.audit({ before: { readBackwards } })).asOf).to.equal(progress.closedUpTo);
    expect((await world.audit()).asOf).to.equal(lastArrival);
  });

  async function changeRow(unit: 'hour', change: (row: HourRow) => void): Promise<void> {
    const [row] = await world.store.queryRows({ kind: unit, subject: 'a', from: HOUR, to: HOUR });
    if (!row) throw new Error('no row');
    const body = decodeHourRow(row.body);
    change(body);
    await world.store.writeRows([{ ...row, body: encodeHourRow(body), madeFrom: row.upTo, expiresAt: undefined }]);
  }

  describe('of a row that somebody changed', () => {
    const changes: readonly [string, (row: HourRow) => void, string[]][] = [
      ['its count', (row) => row.minutes.get(30)!.count++, ['minute a 11:30 count']],
      ['its sum, in the last bits', (row) => (row.minutes.get(30)!.sumLow += 1e-20), ['minute a 11:30 sum']],
      ['its least value', (row) => (row.minutes.get(30)!.min = -1), ['minute a 11:30 min']],
      ['its greatest value', (row) => (row.minutes.get(30)!.max = 99), ['minute a 11:30 max']],
      ['its users', (row) => row.users.addRegister(2000, 33), ['hour a 11:00 users']],
      ['its values', (row) => row.values.add(1e6), ['hour a 11:00 values']],
    ];
    for (const [name, change, expected] of changes) {
      it(`finds ${name}, with both values`, async () => {
        await changeRow('hour', change);
        const { buckets } = await world.audit();
        expect(namesOf(buckets)).to.deep.equal(expected);
        expect(buckets[0]?.stored).to.not.equal(buckets[0]?.archived);
      });
    }

    it('finds the row of a day', async () => {
      const day = DAY / 86_400_000;
      const rows = await world.store.queryRows({ kind: 'day', subject: '__other__', from: day, to: day });
      const [row] = rows as [StoredRow];
      const [hour] = await world.store.queryRows({ kind: 'day', subject: 'a', from: day, to: day });
      await world.store.writeRows([{ ...row, body: hour!.body, madeFrom: row.upTo, expiresAt: undefined }]);
      expect(new Set((await world.audit()).buckets.map(({ unit, action }) => `${unit} ${action}`))).to.deep.equal(
        new Set(['day __other__']),
      );
    });

    it('finds a row that is gone', async () => {
      for (const key of world.store.items.keys()) if (key.startsWith('hour#b')) world.store.items.delete(key);
      expect(namesOf((await world.audit()).buckets)).to.deep.equal([
        'minute b 11:30 count',
        'minute b 11:30 sum',
        'minute b 11:30 min',
        'minute b 11:30 max',
        'hour b 11:00 users',
        'hour b 11:00 values',
      ]);
    });
  });

  it('finds a deleted object, and exactly its buckets', async () => {
    const key = world.keyAt(3);
    world.objects.delete(key);
    const { buckets, lost } = await world.audit();
    expect(lost).to.deep.equal([{ key, reason: 'missing', hour: HOUR + 3 }]);
    expect(
      new Set(buckets.map(({ action, start, unit }) => `${unit} ${action} ${start / HOUR_MS - HOUR}`)),
    ).to.deep.equal(new Set(['minute a 3.5', 'hour a 3', 'day a -11']));
  });

  it('finds the objects of a run that are gone, and reads the others', async () => {
    const key = world.keyAt(0);
    world.objects.delete(key);
    const { buckets, lost } = await world.audit();
    expect(lost.map((object) => object.key)).to.deep.equal([key]);
    expect(new Set(buckets.map(({ action, unit }) => `${unit} ${action}`))).to.deep.equal(
      new Set(['minute a', 'hour a', 'day a', 'minute b', 'hour b', 'day b']),
    );
    expect(buckets.filter(({ unit, start }) => unit !== 'day' && start >= (HOUR + 1) * HOUR_MS)).to.deep.equal([]);
  });

  it('finds one line that was taken out', async () => {
    await world.changeLines(world.keyAt(2), (lines) => lines.filter((line) => !line.includes('"u3"')));
    const { buckets, lost } = await world.audit();
    expect(lost).to.deep.equal([]);
    expect(namesOf(buckets)).to.deep.equal([
      'minute a 13:30 count',
      'minute a 13:30 sum',
      'minute a 13:30 min',
      'hour a 13:00 users',
      'hour a 13:00 values',
      'day a 00:00 count',
      'day a 00:00 sum',
      'day a 00:00 min',
      'day a 00:00 users',
      'day a 00:00 values',
    ]);
    expect(buckets[0]).to.deep.include({ stored: '3', archived: '2' });
  });

  it('finds a line that cannot be read', async () => {
    await world.changeLines(world.keyAt(0), ([first = '', ...lines]) => [first.slice(5), ...lines]);
    const { buckets, lost } = await world.audit();
    expect(lost).to.deep.equal([{ key: world.keyAt(0), reason: 'damaged', hour: HOUR }]);
    expect(buckets).to.not.deep.equal([]);
  });

  it('finds an object that cannot be decompressed', async () => {
    await world.fixture.objects.put(world.keyAt(1), Buffer.from('no zstd'));
    const { lost } = await world.audit();
    expect(lost).to.deep.equal([{ key: world.keyAt(1), reason: 'damaged', hour: HOUR + 1 }]);
  });
});
