import { expect } from 'chai';
import { type Item, key, number, text, type WireClient } from './wire-client.ts';

/** Transactions and PartiQL, as AWS documents them. */
export function describeWrites(client: WireClient): void {
  describe('transactions', () => {
    const transact = (TransactItems: readonly object[], more: object = {}) =>
      client.call('TransactWriteItems', { TransactItems, ...more });

    it('write all or nothing, and give a reason for each part in its place', async () => {
      const TableName = await client.table();
      await client.put(TableName, { ...key('a'), v: number(1) });
      const cancelled = await transact([
        { Put: { TableName, Item: key('new') } },
        {
          Update: {
            ...{ TableName, Key: key('a'), UpdateExpression: 'SET v = :two', ConditionExpression: 'v = :nine' },
            ExpressionAttributeValues: { ':two': number(2), ':nine': number(9) },
            ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
          },
        },
        { Delete: { TableName, Key: key('other') } },
        { ConditionCheck: { TableName, Key: key('none'), ConditionExpression: 'attribute_exists(pk)' } },
      ]);
      expect(cancelled.error).to.equal('TransactionCanceledException');
      const reasons = cancelled.CancellationReasons as readonly { Code: string; Item?: Item }[];
      expect(reasons.map(({ Code }) => Code)).to.deep.equal([
        ...['None', 'ConditionalCheckFailed', 'None', 'ConditionalCheckFailed'],
      ]);
      expect(reasons[1]?.Item).to.deep.equal({ ...key('a'), v: number(1) });
      expect(await client.get(TableName, key('new'))).to.equal(undefined);
    });

    it('of many callers upon the same items lose no step of either', async () => {
      const TableName = await client.table();
      let steps = 0;
      const step = (pk: string) => ({
        Update: {
          ...{ TableName, Key: key(pk), UpdateExpression: 'ADD v :one' },
          ExpressionAttributeValues: { ':one': number(1) },
        },
      });
      const stepOften = async () => {
        for (let turn = 0; turn < 5; turn += 1) {
          const { error } = await transact([step('a'), step('b')]);
          if (error === undefined) steps += 1;
          else expect(error).to.equal('TransactionCanceledException');
        }
      };
      await Promise.all(Array.from({ length: 12 }, stepOften));
      for (const pk of ['a', 'b']) expect(await client.get(TableName, key(pk))).to.deep.include({ v: number(steps) });
    });

    it('with the same token are carried out once', async () => {
      const TableName = await client.table();
      const add = (n: number) => ({
        Update: {
          ...{ TableName, Key: key('a'), UpdateExpression: 'ADD v :n' },
          ExpressionAttributeValues: { ':n': number(n) },
        },
      });
      const ClientRequestToken = `token-${TableName}`;
      await transact([add(5)], { ClientRequestToken });
      expect(await transact([add(5)], { ClientRequestToken })).not.to.have.property('error');
      const changed = await transact([add(6)], { ClientRequestToken });
      expect(changed.error).to.equal('IdempotentParameterMismatchException');
      expect(await client.get(TableName, key('a'))).to.deep.include({ v: number(5) });
    });

    it('of over 100 parts, or over 4 MB, are refused', async () => {
      const TableName = await client.table();
      const puts = (length: number, bytes: number) =>
        Array.from({ length }, (_, n) => ({
          Put: { TableName, Item: { ...key(`p${n}`), v: text('x'.repeat(bytes)) } },
        }));
      expect(await transact(puts(100, 10))).not.to.have.property('error');
      expect(await transact(puts(101, 10))).to.include({ error: 'ValidationException' });
      expect(await transact(puts(12, 380 * 1024))).to.include({ error: 'ValidationException' });
    });
  });

  describe('PartiQL', () => {
    const execute = (Statement: string, ...Parameters: object[]) =>
      client.call('ExecuteStatement', { Statement, Parameters });
    const where = 'WHERE pk = ? AND sk = ?';
    const at = (pk: string) => [text(pk), text('s')];

    it('takes several SET and REMOVE clauses', async () => {
      const TableName = await client.table();
      await client.put(TableName, { ...key('a'), v: number(1), gone: number(1), spare: number(1) });
      const statement = `UPDATE "${TableName}" SET v = v + ? REMOVE gone SET "w x" = ? REMOVE spare ${where}`;
      expect(await execute(statement, number(1), text('y'), ...at('a'))).not.to.have.property('error');
      expect(await client.get(TableName, key('a'))).to.deep.equal({ ...key('a'), v: number(2), 'w x': text('y') });
    });

    it('leaves quoted words alone', async () => {
      const TableName = await client.table();
      await client.put(TableName, key('a SET b'));
      await execute(
        `UPDATE "${TableName}" SET v = 'it''s SET x' SET w = ? WHERE pk = 'a SET b' AND sk = 's'`,
        number(1),
      );
      const expected = { ...key('a SET b'), v: text("it's SET x"), w: number(1) };
      expect(await client.get(TableName, key('a SET b'))).to.deep.equal(expected);
    });

    it('answers each statement of a batch by itself', async () => {
      const TableName = await client.table();
      for (const pk of ['a', 'b', 'd']) await client.put(TableName, { ...key(pk), v: number(1) });
      const statement = (Statement: string, ...Parameters: object[]) => ({ Statement, Parameters });
      const update = `UPDATE "${TableName}" SET v = ? SET w = ? ${where}`;
      const insert = `INSERT INTO "${TableName}" VALUE {'pk': ?, 'sk': ?}`;
      const { Responses } = await client.call('BatchExecuteStatement', {
        Statements: [
          statement(`${update} AND v = ?`, number(2), number(2), ...at('a'), number(1)),
          statement(`${update} AND v = ?`, number(2), number(2), ...at('b'), number(9)),
          statement(update, number(2), number(2), ...at('none')),
          statement(insert, ...at('new')),
          statement(insert, ...at('d')),
          statement(`UPDAT "${TableName}"`, number(2)),
          statement(`UPDATE "no-such-table" SET v = ? ${where}`, number(2), ...at('x')),
          statement(`UPDATE "${TableName}" SET v = ? WHERE pk = ?`, number(2), text('y')),
        ],
      });
      const codes = (Responses as readonly { Error?: { Code: string } }[]).map(({ Error: failure }) => failure?.Code);
      expect(codes).to.deep.equal([
        ...[undefined, 'ConditionalCheckFailed', 'ConditionalCheckFailed', undefined, 'DuplicateItem'],
        ...['ValidationError', 'ResourceNotFound', 'ValidationError'],
      ]);
      expect(await client.get(TableName, key('a'))).to.deep.include({ v: number(2), w: number(2) });
      expect(await client.get(TableName, key('b'))).to.deep.equal({ ...key('b'), v: number(1) });
    });

    it('takes 25 statements in a batch, and no item twice', async () => {
      const TableName = await client.table();
      const insert = (n: number) => ({
        Statement: `INSERT INTO "${TableName}" VALUE {'pk': ?, 'sk': ?}`,
        Parameters: at(`p${n}`),
      });
      const batch = (...numbers: number[]) =>
        client.call('BatchExecuteStatement', { Statements: numbers.map((n) => insert(n)) });
      expect(await batch(...Array.from({ length: 26 }, (_, n) => n))).to.include({ error: 'ValidationException' });
      expect(await batch(1, 1)).to.include({ error: 'ValidationException' });
      expect(await batch(...Array.from({ length: 25 }, (_, n) => n))).not.to.have.property('error');
    });

    it('carries out a transaction whole, or not at all', async () => {
      const TableName = await client.table();
      await client.put(TableName, { ...key('a'), v: number(1) });
      const transact = (wanted: number, pk: string) =>
        client.call('ExecuteTransaction', {
          TransactStatements: [
            {
              Statement: `UPDATE "${TableName}" SET v = ? SET w = ? ${where} AND v = ?`,
              Parameters: [number(2), number(2), ...at('a'), number(wanted)],
            },
            { Statement: `INSERT INTO "${TableName}" VALUE {'pk': ?, 'sk': ?}`, Parameters: at(pk) },
          ],
        });
      expect(await transact(9, 'lost')).to.include({ error: 'TransactionCanceledException' });
      expect(await client.get(TableName, key('lost'))).to.equal(undefined);
      expect(await transact(1, 'kept')).not.to.have.property('error');
      expect(await client.get(TableName, key('kept'))).to.deep.equal(key('kept'));
    });

    it('selects by key, range, prefix and filter, page by page', async () => {
      const TableName = await client.table();
      for (const sk of ['K0', 'k1', 'k2', 'k3']) {
        await client.put(TableName, { ...key('a', sk), v: number(Number(sk[1])) });
      }
      const select = async (condition: string, ...Parameters: object[]) => {
        const Statement = `SELECT sk FROM "${TableName}" WHERE ${condition}`;
        const { Items } = await client.call('ExecuteStatement', { Statement, Parameters });
        return (Items as readonly Item[]).map(({ sk }) => sk?.S);
      };
      expect(await select('pk = ? AND sk > ?', text('a'), text('k1'))).to.deep.equal(['k2', 'k3']);
      expect(await select('pk = ? AND begins_with("sk", ?)', text('a'), text('k'))).to.deep.equal(['k1', 'k2', 'k3']);
      expect(await select('pk = ? AND v IN [?, ?]', text('a'), number(0), number(3))).to.deep.equal(['K0', 'k3']);
      const query = { Statement: `SELECT * FROM "${TableName}" WHERE pk = ?`, Parameters: [text('a')], Limit: 3 };
      const { Items, NextToken } = await client.call('ExecuteStatement', query);
      const rest = await client.call('ExecuteStatement', { ...query, NextToken });
      expect([Items, rest.Items].map((items) => (items as unknown[]).length)).to.deep.equal([3, 1]);
    });
  });
}
