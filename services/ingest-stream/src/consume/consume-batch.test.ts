import { buffer } from 'node:stream/consumers';
import { decompress } from '@weir/archive';
import { archiveKeys } from '@weir/archive/keys';
import { expect } from 'chai';
import { createConsumerFixture, eventText, LOG_ID, NOW, recordsOf, SHARD_ID } from '../testing/consumer-fixture.ts';

const DAY_MS = 86_400_000;
const TODAY = { from: NOW - (NOW % DAY_MS), to: NOW - (NOW % DAY_MS) + DAY_MS, interval: 'day' as const };

describe('consuming a batch', () => {
  const countOf = async ({ reader }: ReturnType<typeof createConsumerFixture>, action: string) =>
    (await reader.readSeries({ action, ...TODAY })).total?.count ?? 0;
  const linesOf = async ({ objects }: ReturnType<typeof createConsumerFixture>, key: string) =>
    Buffer.from(decompress(await buffer(await objects.get(key))))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));

  it('counts good events, and archives them with their own text', async () => {
    const fixture = createConsumerFixture();
    const text = '{"userId":"u1", "action":"a","timestamp":1768044600000,"value":1.50,"extra":12345678901234567890}';
    const result = await fixture.newConsumer().consume({ shardId: SHARD_ID, records: recordsOf([text, eventText()]) });
    expect(result).to.deep.equal({ kind: 'done' });
    const { total, asOf } = await fixture.reader.readSeries({ action: 'a', ...TODAY });
    expect(total).to.include({ count: 2, sum: 3.5, min: 1.5, max: 2, users: 1 });
    expect(asOf).to.equal(NOW + 1);
    const [key = ''] = await archiveKeys(fixture.store, LOG_ID);
    expect(key).to.match(/^events\/dt=2026-01-10\/hour=11\/1764000000\.0-0000000000-[0-9a-f]{32}\.ndjson\.zst$/);
    expect(Buffer.from(decompress(await buffer(await fixture.objects.get(key)))).toString()).to.include(
      `"event":${text}}\n`,
    );
  });

  it('changes nothing if the same batch comes again, whole, in part, or to another instance', async () => {
    const fixture = createConsumerFixture();
    const records = recordsOf([eventText(), eventText({ id: 'x' }), `[${eventText()},${eventText()}]`]);
    const consumer = fixture.newConsumer();
    await consumer.consume({ shardId: SHARD_ID, records });
    const keys = [...fixture.store.items.keys()];
    for (const again of [records, records.slice(1), records.slice(0, 2)]) {
      await consumer.consume({ shardId: SHARD_ID, records: again });
      await fixture.newConsumer().consume({ shardId: SHARD_ID, records: again });
    }
    expect(await countOf(fixture, 'a')).to.equal(4);
    expect([...fixture.store.items.keys()]).to.deep.equal(keys);
  });

  it('counts the activity of users as it counts actions: duplicates once, actions over the limit together', async () => {
    const fixture = createConsumerFixture();
    const texts = ['a', 'b', 'c', 'd'].map((action) => eventText({ id: action, action }));
    const records = recordsOf([...texts, ...texts, eventText({ userId: 'u2' })]);
    await fixture.newConsumer().consume({ shardId: SHARD_ID, records });
    const days = await fixture.activity.readActivity({ userId: 'u1', ...TODAY });
    expect(days).to.deep.equal([
      { day: TODAY.from, action: '__other__', count: 2, sum: 4 },
      { day: TODAY.from, action: 'a', count: 1, sum: 2 },
      { day: TODAY.from, action: 'b', count: 1, sum: 2 },
    ]);
  });

  it('keeps no activity of users if the stage says so', async () => {
    const fixture = createConsumerFixture();
    await fixture
      .newConsumer({ userActivity: false })
      .consume({ shardId: SHARD_ID, records: recordsOf([eventText()]) });
    const [stored] = await fixture.store.readAfter(LOG_ID, -1);
    expect(stored?.entry).to.deep.include({ activity: undefined });
    const bodies = [...fixture.store.items].flatMap(([key, { body }]) => (key.startsWith('log#') ? body : []));
    expect(bodies).to.have.nested.property('[0][0]', 3);
    expect(await fixture.activity.readActivity({ userId: 'u1', ...TODAY })).to.deep.equal([]);
  });

  it('counts an id once inside the window, and again after it', async () => {
    const fixture = createConsumerFixture();
    const consumer = fixture.newConsumer();
    const text = eventText({ id: 'order-7' });
    for (const [first, arrival] of [
      [1, NOW],
      [2, NOW + 3_600_000],
      [3, NOW + 3_601_000],
    ] as const) {
      await consumer.consume({ shardId: SHARD_ID, records: recordsOf([text], { first, arrival }) });
    }
    expect(await countOf(fixture, 'a')).to.equal(2);
    const outcomes: string[] = [];
    for (const key of await archiveKeys(fixture.store, LOG_ID)) {
      outcomes.push(...(await linesOf(fixture, key)).map(({ outcome }) => outcome));
    }
    expect(outcomes).to.deep.equal(['counted', 'duplicate', 'counted']);
  });

  it('puts bad data into the quarantine byte for byte, and counts its neighbours', async () => {
    const fixture = createConsumerFixture();
    const broken = Uint8Array.of(0x1f, 0x8b, 8, 0, 255);
    const records = recordsOf([eventText(), broken, eventText({ action: '__proto__' }), '', eventText()]);
    expect(await fixture.newConsumer().consume({ shardId: SHARD_ID, records })).to.deep.equal({ kind: 'done' });
    expect(await countOf(fixture, 'a')).to.equal(2);
    const [key = ''] = [...fixture.objects.objects.keys()].filter((name) => name.startsWith('quarantine/'));
    const lines = await linesOf(fixture, key);
    expect(lines.map(({ reason }) => reason)).to.deep.equal(['not-utf8', 'shape', 'empty']);
    expect(Buffer.from(lines[0].data, 'base64')).to.deep.equal(Buffer.from(broken));
    expect(lines[1]).to.include({
      shardId: SHARD_ID,
      sequenceNumber: records[2]?.sequenceNumber,
      index: 0,
      arrival: NOW + 2,
    });
  });

  it('counts actions over the limit as other, and archives their own names', async () => {
    const fixture = createConsumerFixture();
    const records = recordsOf(['a', 'b', 'c', 'd', 'a'].map((action) => eventText({ action })));
    await fixture.newConsumer().consume({ shardId: SHARD_ID, records });
    expect([
      await countOf(fixture, 'a'),
      await countOf(fixture, 'c'),
      await countOf(fixture, '__other__'),
    ]).to.deep.equal([2, 0, 2]);
    const [key = ''] = await archiveKeys(fixture.store, LOG_ID);
    expect((await linesOf(fixture, key)).map(({ outcome, event }) => [event.action, outcome])).to.deep.include([
      'c',
      'other',
    ]);
  });

  it('reports the first uncommitted record while the archive is down, and loses nothing', async () => {
    const fixture = createConsumerFixture();
    const consumer = fixture.newConsumer();
    const early = recordsOf([eventText({ id: 'x' })], { arrival: NOW - 3_600_000 });
    const late = recordsOf([eventText({ id: 'y' }), eventText()], { first: 2 });
    const put = fixture.objects.put.bind(fixture.objects);
    fixture.objects.put = async (key, bytes) => {
      if (key.includes('hour=11')) throw new Error('S3 is down');
      await put(key, bytes);
    };
    const result = await consumer.consume({ shardId: SHARD_ID, records: [...early, ...late] });
    expect(result).to.include({ kind: 'failed', from: late[0]?.sequenceNumber });
    expect(await countOf(fixture, 'a')).to.equal(1);
    fixture.objects.put = put;
    expect(await consumer.consume({ shardId: SHARD_ID, records: late })).to.deep.equal({ kind: 'done' });
    expect(await countOf(fixture, 'a')).to.equal(3);
  });

  it('reports the first record while the table is down', async () => {
    const fixture = createConsumerFixture();
    fixture.store.append = async () => {
      throw new Error('throttled');
    };
    const records = recordsOf([eventText(), eventText()]);
    const result = await fixture.newConsumer().consume({ shardId: SHARD_ID, records });
    expect(result).to.include({ kind: 'failed', from: records[0]?.sequenceNumber });
  });

  it('continues if it cannot fold: the log holds everything', async () => {
    const fixture = createConsumerFixture();
    const consumer = fixture.newConsumer();
    await consumer.consume({ shardId: SHARD_ID, records: recordsOf([eventText()]) });
    fixture.store.writeRows = async () => {
      throw new Error('throttled');
    };
    fixture.clock.now += 301_000;
    const result = await consumer.consume({ shardId: SHARD_ID, records: recordsOf([eventText()], { first: 2 }) });
    expect(result).to.deep.equal({ kind: 'done' });
    expect(await countOf(fixture, 'a')).to.equal(2);
  });

  it('splits a batch that is too large for one item, inside a record if necessary', async () => {
    const texts = Array.from({ length: 3000 }, (_, i) =>
      eventText({ action: `a${i}`, timestamp: NOW - i * 3_600_000 }),
    );
    const fixture = createConsumerFixture({ actions: { admit: async () => {}, nameFor: (action) => action } });
    await fixture.newConsumer().consume({ shardId: SHARD_ID, records: recordsOf([texts.join('\n')]) });
    const entries = await fixture.store.readAfter(LOG_ID, -1);
    expect(entries.length).to.be.greaterThan(1);
    for (const { bytes } of entries) expect(bytes).to.be.lessThan(350 * 1024);
    expect((await fixture.reader.listActions()).length).to.equal(3000);
  });

  it('folds after five minutes, and readers get the same answer before and after', async () => {
    const fixture = createConsumerFixture();
    const consumer = fixture.newConsumer();
    await consumer.consume({
      shardId: SHARD_ID,
      records: recordsOf([eventText({ value: 0.1 }), eventText({ value: 0.2 })]),
    });
    const before = await fixture.reader.readSeries({ action: 'a', ...TODAY });
    fixture.clock.now += 301_000;
    await consumer.consume({ shardId: SHARD_ID, records: recordsOf([eventText({ action: 'b' })], { first: 9 }) });
    expect((await fixture.store.find(LOG_ID))?.watermark.number).to.equal(1);
    const after = await fixture.reader.readSeries({ action: 'a', ...TODAY });
    expect({ ...after, asOf: 0, heads: {} }).to.deep.equal({ ...before, asOf: 0, heads: {} });
    expect(after.total?.sum).to.equal(0.30000000000000004);
  });
});
