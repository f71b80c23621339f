import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { type Item, key, number, type WireClient } from './wire-client.ts';

/** How long an engine may take to delete what has expired. */
const EXPIRY_MS = 40_000;

interface StreamRecord {
  readonly eventName: string;
  readonly userIdentity?: object;
  readonly dynamodb: {
    readonly Keys: Item;
    readonly OldImage?: Item;
    readonly NewImage?: Item;
    readonly SequenceNumber: string;
  };
}

/** A table's stream and expiry, as AWS documents them. */
export function describeStreams(client: WireClient): void {
  const streamOf = async (TableName: string) => {
    const { Table } = await client.call('DescribeTable', { TableName });
    return (Table as { LatestStreamArn: string }).LatestStreamArn;
  };
  const shardsOf = async (StreamArn: string) => {
    const { StreamDescription } = await client.stream('DescribeStream', { StreamArn });
    return (StreamDescription as { Shards: { ShardId: string; SequenceNumberRange: object }[] }).Shards;
  };
  const iterator = async (table: string, ShardIteratorType: string, SequenceNumber?: string) => {
    const StreamArn = await streamOf(table);
    const ShardId = (await shardsOf(StreamArn)).at(-1)?.ShardId;
    const wanted = { StreamArn, ShardId, ShardIteratorType, SequenceNumber };
    return String((await client.stream('GetShardIterator', wanted)).ShardIterator);
  };
  const read = async (ShardIterator: string, Limit?: number) => {
    const { Records, NextShardIterator } = await client.stream('GetRecords', { ShardIterator, Limit });
    return { records: Records as readonly StreamRecord[], next: String(NextShardIterator) };
  };
  const recordsOf = async (table: string) => (await read(await iterator(table, 'TRIM_HORIZON'))).records;
  const brief = (records: readonly StreamRecord[]) =>
    records.map(({ eventName, dynamodb: { Keys, OldImage, NewImage } }) =>
      [eventName, Keys.pk?.S, OldImage?.v?.N ?? '-', NewImage?.v?.N ?? '-'].join(' '),
    );
  const withValue = (pk: string, v: number) => ({ ...key(pk), v: number(v) });

  describe('the stream of a table', () => {
    it('tells every change in its order with both images, and nothing of what changed nothing', async () => {
      const TableName = await client.table({ stream: 'NEW_AND_OLD_IMAGES' });
      const values = { ':two': number(2) };
      await client.put(TableName, withValue('a', 1));
      await client.put(TableName, withValue('a', 1));
      const set = { TableName, Key: key('a'), UpdateExpression: 'SET v = :two', ExpressionAttributeValues: values };
      await client.call('UpdateItem', set);
      await client.call('UpdateItem', { ...set, ConditionExpression: 'attribute_not_exists(pk)' });
      await client.call('DeleteItem', { TableName, Key: key('none') });
      const Item = withValue('t', 1);
      const check = (ConditionExpression: string) => ({
        TransactItems: [
          { Put: { TableName, Item } },
          { ConditionCheck: { TableName, Key: key('none'), ConditionExpression } },
        ],
      });
      await client.call('TransactWriteItems', check('attribute_exists(pk)'));
      await client.call('TransactWriteItems', check('attribute_not_exists(pk)'));
      const Statement = `UPDATE "${TableName}" SET v = ? SET w = ? WHERE pk = ? AND sk = ?`;
      await client.call('ExecuteStatement', { Statement, Parameters: [number(3), number(3), { S: 't' }, { S: 's' }] });
      await client.call('DeleteItem', { TableName, Key: key('a') });
      const records = await recordsOf(TableName);
      const expected = ['INSERT a - 1', 'MODIFY a 1 2', 'INSERT t - 1', 'MODIFY t 1 3', 'REMOVE a 2 -'];
      expect(brief(records)).to.deep.equal(expected);
      const numbers = records.map(({ dynamodb }) => BigInt(dynamodb.SequenceNumber));
      expect(numbers).to.deep.equal(numbers.toSorted((a, b) => (a < b ? -1 : 1)));
    });

    it('has the images that it was made with', async () => {
      for (const [stream, images] of [
        ['KEYS_ONLY', []],
        ['NEW_IMAGE', ['NewImage']],
        ['OLD_IMAGE', ['OldImage']],
      ] as const) {
        const table = await client.table({ stream });
        for (const v of [1, 2]) await client.put(table, withValue('a', v));
        const last = (await recordsOf(table)).at(-1)?.dynamodb ?? {};
        expect(Object.keys(last).filter((name) => name.endsWith('Image'))).to.deep.equal(images);
      }
    });

    it('is read from its beginning, from a record, after one, or from now on, page by page', async () => {
      const table = await client.table({ stream: 'NEW_IMAGE' });
      const names = ['k0', 'k1', 'k2', 'k3', 'k4'];
      for (const pk of names) await client.put(table, withValue(pk, 0));
      const keysOf = (records: readonly StreamRecord[]) => records.map(({ dynamodb }) => dynamodb.Keys.pk?.S);
      const second = (await recordsOf(table))[1]?.dynamodb.SequenceNumber;
      const from = async (type: string) => keysOf((await read(await iterator(table, type, second))).records);
      expect(await from('AT_SEQUENCE_NUMBER')).to.deep.equal(names.slice(1));
      expect(await from('AFTER_SEQUENCE_NUMBER')).to.deep.equal(names.slice(2));
      const latest = await iterator(table, 'LATEST');
      await client.put(table, withValue('late', 0));
      expect(keysOf((await read(latest)).records)).to.deep.equal(['late']);
      const first = await read(await iterator(table, 'TRIM_HORIZON'), 4);
      const rest = await read(first.next, 4);
      expect([first, rest].map(({ records }) => keysOf(records))).to.deep.equal([names.slice(0, 4), ['k4', 'late']]);
      expect((await read(rest.next)).records).to.deep.equal([]);
    });

    it('is labelled by the time at which it was made', async () => {
      const { Table } = await client.call('DescribeTable', {
        TableName: await client.table({ stream: 'NEW_IMAGE' }),
      });
      expect((Table as { LatestStreamLabel: string }).LatestStreamLabel).to.match(
        /^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/,
      );
    });

    it('says of no open shard that it has ended', async () => {
      const table = await client.table({ stream: 'NEW_IMAGE' });
      await client.put(table, withValue('a', 1));
      const shards = await shardsOf(await streamOf(table));
      expect(shards.at(-1)?.SequenceNumberRange).not.to.have.property('EndingSequenceNumber');
    });

    it('keeps the order of the writes of each item, however many write at once', async () => {
      const TableName = await client.table({ stream: 'NEW_AND_OLD_IMAGES' });
      const add = (pk: string) =>
        client.call('UpdateItem', {
          ...{ TableName, Key: key(pk), UpdateExpression: 'ADD v :one' },
          ExpressionAttributeValues: { ':one': number(1) },
        });
      await Promise.all(Array.from({ length: 100 }, (_, n) => add(`k${n % 2}`)));
      const ofOne = (await recordsOf(TableName)).filter(({ dynamodb }) => dynamodb.Keys.pk?.S === 'k1');
      const values = ofOne.map(({ dynamodb }) => Number(dynamodb.NewImage?.v?.N));
      expect(values).to.deep.equal(Array.from({ length: 50 }, (_, n) => n + 1));
    });

    it('tells of an item that expired as removed by the service', async function () {
      this.timeout(EXPIRY_MS + 20_000);
      const table = await client.table({ stream: 'NEW_AND_OLD_IMAGES', ttl: 'until' });
      const now = Math.floor(Date.now() / 1000);
      await client.put(table, { ...key('past'), until: number(now - 10) });
      await client.put(table, { ...key('text'), until: { S: String(now - 10) } });
      await client.put(table, { ...key('future'), until: number(now + 3600) });
      const deadline = Date.now() + EXPIRY_MS;
      while ((await client.get(table, key('past'))) !== undefined && Date.now() < deadline) await sleep(200);
      expect(await client.get(table, key('past'))).to.equal(undefined);
      expect(await client.get(table, key('text'))).not.to.equal(undefined);
      expect(await client.get(table, key('future'))).not.to.equal(undefined);
      const { eventName, userIdentity, dynamodb } = (await recordsOf(table)).at(-1) as StreamRecord;
      expect({ eventName, userIdentity, keys: dynamodb.Keys }).to.deep.equal({
        ...{ eventName: 'REMOVE', keys: key('past') },
        userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      });
    });
  });
}
