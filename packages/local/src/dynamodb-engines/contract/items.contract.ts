import { expect } from 'chai';
import { type Attribute, type Item, key, number, ofPartition, text, type WireClient } from './wire-client.ts';

const KILOBYTE = 1024;

/** Single items and queries, as AWS documents them. */
export function describeItems(client: WireClient): void {
  describe('items', () => {
    it('are put only if a condition holds; else the old one is handed out, whole, when asked for', async () => {
      const TableName = await client.table();
      const first = { ...key('a'), v: number(1) };
      await client.put(TableName, first);
      const again = await client.call('PutItem', {
        ...{ TableName, Item: key('a'), ConditionExpression: 'attribute_not_exists(pk)' },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      expect(again).to.deep.include({ error: 'ConditionalCheckFailedException', Item: first });
      expect(await client.get(TableName, key('a'))).to.deep.equal(first);
    });

    it('are made once, however many try at the same time', async () => {
      const TableName = await client.table();
      const put = (n: number) => ({ TableName, Item: { ...key('one'), v: number(n) } });
      const answers = await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          client.call('PutItem', { ...put(n), ConditionExpression: 'attribute_not_exists(pk)' }),
        ),
      );
      const winner = answers.findIndex(({ error }) => error === undefined);
      expect(answers.filter(({ error }) => error === undefined)).to.have.length(1);
      expect(await client.get(TableName, key('one'))).to.deep.equal(put(winner).Item);
    });

    it('lose no step of a counter that many compare and set', async () => {
      const TableName = await client.table();
      await client.put(TableName, { ...key('c'), v: number(0) });
      let steps = 0;
      const stepOften = async () => {
        for (let turn = 0; turn < 10; turn += 1) {
          const before = (await client.get(TableName, key('c')))?.v as Attribute;
          const outcome = await client.call('UpdateItem', {
            ...{ TableName, Key: key('c'), UpdateExpression: 'SET v = v + :one', ConditionExpression: 'v = :before' },
            ExpressionAttributeValues: { ':one': number(1), ':before': before },
          });
          if (outcome.error === undefined) steps += 1;
        }
      };
      await Promise.all(Array.from({ length: 16 }, stepOften));
      expect(await client.get(TableName, key('c'))).to.deep.include({ v: number(steps) });
    });

    it('come in pages of about a megabyte, each once and in order, from either end', async () => {
      const TableName = await client.table();
      const names = Array.from({ length: 24 }, (_, n) => String(n).padStart(2, '0'));
      for (const sk of names) await client.put(TableName, { ...key('p', sk), v: text('x'.repeat(100 * KILOBYTE)) });
      const first = await client.call('Query', { TableName, ...ofPartition('p') });
      expect(first.Count).to.be.within(10, 11);
      expect(first.LastEvaluatedKey).to.deep.equal(key('p', names[Number(first.Count) - 1] ?? ''));
      expect(await sortKeys(client, TableName, { Limit: 7, ScanIndexForward: false })).to.deep.equal(
        names.toReversed(),
      );
      expect(await sortKeys(client, TableName, {})).to.deep.equal(names);
    });

    it('of more than 400 KB are refused', async () => {
      const TableName = await client.table();
      const of = (kilobytes: number) => ({ ...key('big'), v: text('x'.repeat(kilobytes * KILOBYTE)) });
      expect(await client.put(TableName, of(400))).to.include({ error: 'ValidationException' });
      expect(await client.put(TableName, of(399))).not.to.have.property('error');
    });

    for (const [written, read] of [
      ['12345678901234567890123456789012345678', '12345678901234567890123456789012345678'],
      ['1E125', `1${'0'.repeat(125)}`],
      ['-1E-130', `-0.${'0'.repeat(129)}1`],
      ['1.50', '1.5'],
      ['-0', '0'],
      ['007', '7'],
      ['123456789012345678901234567890123456789', undefined],
      ['1E126', undefined],
      ['1E-131', undefined],
      ['NaN', undefined],
      ['', undefined],
    ] as const) {
      it(`keep the number "${written}" as ${read === undefined ? 'an error' : `${read.slice(0, 40)}`}`, async () => {
        const TableName = await client.table();
        const answer = await client.put(TableName, { ...key('n'), v: number(written) });
        if (read === undefined) expect(answer).to.include({ error: 'ValidationException' });
        else expect(await client.get(TableName, key('n'))).to.deep.include({ v: number(read) });
      });
    }

    it('add numbers without the error of floating point', async () => {
      const TableName = await client.table();
      await client.put(TableName, { ...key('n'), a: number('0.1'), b: number('9007199254740993') });
      await client.call('UpdateItem', {
        ...{ TableName, Key: key('n'), UpdateExpression: 'SET a = a + :a ADD b :b' },
        ExpressionAttributeValues: { ':a': number('0.2'), ':b': number(1) },
      });
      expect(await client.get(TableName, key('n'))).to.deep.include({
        a: number('0.3'),
        b: number('9007199254740994'),
      });
    });

    for (const [type, values] of [
      ['N', ['-1E20', '-10', '-1', '-0.5', '0', '0.000001', '2.5', '9', '10', '100', '1E20']],
      ['S', [' ', '10', '9', 'B', 'a', 'b', 'z', '~', 'é', '\uffff', '\u{1f600}']],
      ['B', ['00', '0000', '0100', '01ff', '7f', '80', 'ff'].map((hex) => Buffer.from(hex, 'hex').toString('base64'))],
    ] as const) {
      it(`are in the order of their sort keys of type ${type}`, async () => {
        const TableName = await client.table({ sortKey: type });
        for (const value of values.toReversed()) await client.put(TableName, { pk: text('p'), sk: { [type]: value } });
        const found = (await client.partition(TableName, 'p')).map(({ sk }) => sk?.[type]);
        expect(type === 'N' ? found.map(Number) : found).to.deep.equal(type === 'N' ? values.map(Number) : values);
      });
    }

    it('are found by a prefix of the sort key as it is written, capitals and all', async () => {
      const TableName = await client.table();
      const names = ['A', 'Ab', 'a', 'a\u{10ffff}', 'ab', 'aB', 'b', 'a%'];
      for (const name of names) await client.put(TableName, key('p', name));
      const query = (prefix: string) =>
        sortKeys(client, TableName, {
          KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
          ExpressionAttributeValues: { ':pk': text('p'), ':prefix': text(prefix) },
        });
      expect(await query('a')).to.deep.equal(['a', 'a%', 'aB', 'ab', 'a\u{10ffff}']);
      expect(await query('a%')).to.deep.equal(['a%']);
      expect(await query('A')).to.deep.equal(['A', 'Ab']);
    });

    it('may hold empty texts, bytes, lists and maps, and no empty key or set', async () => {
      const TableName = await client.table();
      const empty = { ...key('e'), s: text(''), b: { B: '' }, l: { L: [] }, m: { M: {} }, n: { NULL: true } };
      await client.put(TableName, empty);
      expect(await client.get(TableName, key('e'))).to.deep.equal(empty);
      for (const refused of [key(''), key('e', ''), { ...key('e'), v: { SS: [] } }, { pk: text('e') }]) {
        expect(await client.put(TableName, refused), JSON.stringify(refused)).to.include({
          error: 'ValidationException',
        });
      }
    });

    it('keep every byte', async () => {
      const TableName = await client.table();
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, n) => n)).toString('base64');
      const item = { ...key('b'), v: { B: bytes }, set: { BS: [bytes, 'AA=='] } };
      await client.put(TableName, item);
      const found = await client.get(TableName, key('b'));
      expect(found?.v).to.deep.equal({ B: bytes });
      expect(found?.set?.BS).to.have.members([bytes, 'AA==']);
    });

    for (const word of ['name', 'status', 'count', 'ttl', 'value', 'date', 'action', 'range']) {
      it(`know the reserved word ${word}, and take it by a placeholder`, async () => {
        const TableName = await client.table();
        const update = { TableName, Key: key('r'), ExpressionAttributeValues: { ':v': number(1) } };
        const plain = await client.call('UpdateItem', { ...update, UpdateExpression: `SET ${word} = :v` });
        expect(plain).to.include({ error: 'ValidationException' });
        const ExpressionAttributeNames = { '#word': word };
        await client.call('UpdateItem', { ...update, ExpressionAttributeNames, UpdateExpression: 'SET #word = :v' });
        expect(await client.get(TableName, key('r'))).to.deep.equal({ ...key('r'), [word]: number(1) });
      });
    }

    it('without the key of an index are not in it', async () => {
      const TableName = await client.table({ index: 'byG' });
      await client.put(TableName, { ...key('in'), g: text('x'), more: number(1) });
      await client.put(TableName, key('out'));
      const scan = async () => (await client.call('Scan', { TableName, IndexName: 'byG' })).Items;
      expect(await scan()).to.deep.equal([{ ...key('in'), g: text('x') }]);
      await client.call('DeleteItem', { TableName, Key: key('in') });
      expect(await scan()).to.deep.equal([]);
    });
  });
}

/** The sort keys that a query finds over all of its pages. */
async function sortKeys(client: WireClient, TableName: string, query: object): Promise<unknown[]> {
  const found: unknown[] = [];
  let ExclusiveStartKey: unknown;
  do {
    const page = await client.call('Query', { TableName, ...ofPartition('p'), ...query, ExclusiveStartKey });
    found.push(...(page.Items as Item[]).map(({ sk }) => sk?.S));
    ExclusiveStartKey = page.LastEvaluatedKey;
  } while (ExclusiveStartKey !== undefined);
  return found;
}
