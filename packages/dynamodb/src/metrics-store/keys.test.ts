import { expect } from 'chai';
import fc from 'fast-check';
import type { TableKey } from '../table/table-access.ts';
import {
  entryKey,
  LAST_BUCKET,
  logItemKey,
  parseRowKey,
  rowKey,
  runKey,
  SECRET_KEY,
  shardLogId,
  slotKey,
  streamCreatedAt,
} from './keys.ts';
import type { RowKey } from './metrics-store.ts';

const CREATED = Date.UTC(2026, 0, 15, 12, 30, 0, 999);

describe('a key of the metrics table', () => {
  // These are in tables: another form would hide what is stored.
  const shapes: readonly [what: string, key: TableKey, pk: string, sk: string][] = [
    ["a log's own item", logItemKey('1.0'), 'logs', '1.0'],
    ['the first entry of a log', entryKey('1.0', 0), 'log#1.0', '0000000000'],
    ['the last entry that has a place', entryKey('1.0', 9_999_999_999), 'log#1.0', '9999999999'],
    ['a slot of an action', slotKey(12), 'actions', '000012'],
    ['the secret of the hashes', SECRET_KEY, 'secrets', 'event-ids'],
    ['a run of the archive', runKey('1.0', 40), 'archive#1.0', '0000000040'],
    [
      'a row of an hour',
      rowKey({ kind: 'hour', subject: 'buy', bucket: 491_052, logId: '1.0' }),
      'hour#buy',
      '0491052#1.0',
    ],
    ['a row of a day', rowKey({ kind: 'day', subject: 'buy', bucket: 20_460, logId: '1.0' }), 'day#buy', '0020460#1.0'],
    ['a row of all time', rowKey({ kind: 'all', subject: 'buy', bucket: 0, logId: '1.0' }), 'all', 'buy#1.0'],
    [
      "a row of a user's day",
      rowKey({ kind: 'user', subject: '0f', bucket: 20_460, logId: '1.0' }),
      'user#0f',
      '0020460#1.0',
    ],
  ];
  for (const [what, key, pk, sk] of shapes) {
    it(`of ${what} is ${pk}, ${sk}`, () => expect(key).to.deep.equal({ pk, sk }));
  }

  it('has a place for each hour until the year 3110', () => {
    expect(LAST_BUCKET).to.equal(9_999_999);
    expect(rowKey({ kind: 'hour', subject: 'a', bucket: LAST_BUCKET, logId: '1.0' }).sk).to.equal('9999999#1.0');
    expect(new Date(LAST_BUCKET * 3_600_000).getUTCFullYear()).to.equal(3110);
  });

  const logId = fc.tuple(fc.nat(2_000_000_000), fc.nat(99)).map(([created, shard]) => `${created}.${shard}`);
  const subject = fc.oneof(
    fc.constantFrom('__other__', 'a', 'page.view', 'b:c'),
    fc.stringMatching(/^[\w.:-]{1,128}$/),
  );
  const kind = fc.constantFrom('hour' as const, 'day' as const, 'user' as const, 'all' as const);
  const anyRow = fc
    .record({ kind, subject, bucket: fc.nat(LAST_BUCKET), logId })
    .map((row): RowKey => (row.kind === 'all' ? { ...row, bucket: 0 } : row));

  it('of a row identifies the row', () => {
    fc.assert(
      fc.property(anyRow, (row) => {
        expect(parseRowKey(rowKey(row))).to.deep.equal(row);
      }),
    );
  });

  it('of a row is of no other row', () => {
    const name = (row: RowKey) => JSON.stringify([row.kind, row.subject, row.bucket, row.logId]);
    const keyName = (row: RowKey) => JSON.stringify(Object.values(rowKey(row)));
    fc.assert(
      fc.property(anyRow, anyRow, (a, b) => {
        expect(keyName(a) === keyName(b)).to.equal(name(a) === name(b));
      }),
    );
  });

  it('of a later entry, slot, run or bucket sorts after it, in the order of texts', () => {
    const inOrder = (keyOf: (number: number) => TableKey, limit: number) =>
      fc.property(fc.nat(limit), fc.nat(limit), (a, b) => {
        expect(keyOf(a).sk < keyOf(b).sk).to.equal(a < b);
      });
    fc.assert(inOrder((number) => entryKey('1.0', number), 2 ** 31 - 1));
    fc.assert(inOrder((number) => runKey('1.0', number), 2 ** 31 - 1));
    fc.assert(inOrder(slotKey, 999_999));
    fc.assert(inOrder((bucket) => rowKey({ kind: 'hour', subject: 'a', bucket, logId: '1.0' }), LAST_BUCKET));
  });
});

describe('the name of a log', () => {
  for (const [shardId, name] of [
    ['shardId-000000000000', '1768480200.0'],
    ['shardId-000000000012', '1768480200.12'],
    ['shardId-000000001000', '1768480200.1000'],
    ['another', '1768480200.another'],
  ] as const) {
    it(`of ${shardId} is ${name}`, () => expect(shardLogId(CREATED, shardId)).to.equal(name));
  }

  it('holds the creation time of its stream: a stream made anew has other logs', () => {
    expect(streamCreatedAt(shardLogId(CREATED, 'shardId-000000000003'))).to.equal(Math.floor(CREATED / 1000));
    expect(shardLogId(CREATED + 1, 'shardId-000000000000')).not.to.equal(shardLogId(CREATED, 'shardId-000000000000'));
  });
});
