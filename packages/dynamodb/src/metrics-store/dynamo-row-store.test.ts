import { expect } from 'chai';
import sinon from 'sinon';
import { type ScriptedTable, scriptedTable } from '../testing/scripted-table.ts';
import { createRowStore } from './dynamo-row-store.ts';
import type { RowKey, RowWrite } from './metrics-store.ts';

interface Asked {
  readonly Statements: readonly { readonly Statement: string; readonly Parameters: readonly unknown[] }[];
}

const rowAt = (bucket: number): RowKey => ({ kind: 'hour', subject: 'buy', bucket, logId: '1.0' });
const write = (bucket: number, madeFrom?: number, expiresAt?: number): RowWrite => {
  return { key: rowAt(bucket), upTo: 7, body: Uint8Array.of(1, 2), madeFrom, expiresAt };
};
const writes = (count: number) => Array.from({ length: count }, (_, bucket) => write(bucket));
const responses = (...codes: (string | undefined)[]) => ({
  Responses: codes.map((Code) => (Code === undefined ? {} : { Error: { Code, Message: `it says ${Code}` } })),
});
const allWritten = ({ Statements }: Asked) => responses(...Statements.map(() => undefined));
const statementsOf = ({ asked }: ScriptedTable) => (asked as unknown as Asked[]).map(({ Statements }) => Statements);
const messageOf = (failed: Promise<unknown>) => failed.catch((error: Error) => error.message);

describe('rows written to DynamoDB', () => {
  let clock: sinon.SinonFakeTimers;
  beforeEach(() => {
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  for (const [count, sizes] of [
    [0, []],
    [25, [25]],
    [26, [25, 1]],
    [130, [25, 25, 25, 25, 25, 5]],
  ] as const) {
    it(`are ${count} in batches of at most 25 statements: ${JSON.stringify(sizes)}`, async () => {
      const table = scriptedTable(allWritten);
      expect(await createRowStore(table.access).writeRows(writes(count))).to.deep.equal([]);
      expect(statementsOf(table).map((statements) => statements.length)).to.deep.equal(sizes);
    });
  }

  it('are put if there is none, and changed only if the row is still as it was read', async () => {
    const table = scriptedTable(allWritten);
    await createRowStore(table.access).writeRows([write(1), write(2, undefined, 99), write(3, 4), write(3, 4.5, 99)]);
    const [B, pk, upTo] = [{ B: Uint8Array.of(1, 2) }, { S: 'hour#buy' }, { N: '7' }];
    const update = 'UPDATE "table" SET "upTo" = ? SET "body" = ?';
    const where = 'WHERE "pk" = ? AND "sk" = ? AND "upTo" = ?';
    expect(statementsOf(table).flat()).to.deep.equal([
      {
        Statement: `INSERT INTO "table" VALUE {'pk': ?, 'sk': ?, 'upTo': ?, 'body': ?}`,
        Parameters: [pk, { S: '0000001#1.0' }, upTo, B],
      },
      {
        Statement: `INSERT INTO "table" VALUE {'pk': ?, 'sk': ?, 'upTo': ?, 'body': ?, 'expiresAt': ?}`,
        Parameters: [pk, { S: '0000002#1.0' }, upTo, B, { N: '99' }],
      },
      { Statement: `${update} ${where}`, Parameters: [upTo, B, pk, { S: '0000003#1.0' }, { N: '4' }] },
      {
        Statement: `${update} SET "expiresAt" = ? ${where}`,
        Parameters: [upTo, B, { N: '99' }, pk, { S: '0000003#1.0' }, { N: '4.5' }],
      },
    ]);
  });

  it('are named if they have changed, each by its own condition', async () => {
    const table = scriptedTable(responses(undefined, 'ConditionalCheckFailed', undefined, 'DuplicateItem'));
    const movedOn = await createRowStore(table.access).writeRows([write(0), write(1, 3), write(2), write(3)]);
    expect(movedOn).to.deep.equal([rowAt(1), rowAt(3)]);
    expect(table.asked).to.have.length(1);
  });

  for (const code of [
    'ItemCollectionSizeLimitExceeded',
    'RequestLimitExceeded',
    'ProvisionedThroughputExceeded',
    'ThrottlingError',
    'InternalServerError',
    'TransactionConflict',
  ]) {
    it(`are sent again after ${code}, without those that were written`, async () => {
      const table = scriptedTable(responses(undefined, code, 'DuplicateItem', code), allWritten);
      const writing = createRowStore(table.access).writeRows([write(0), write(1), write(2), write(3)]);
      await clock.tickAsync(0);
      expect(table.asked).to.have.length(1);
      await clock.tickAsync(100);
      expect(await writing).to.deep.equal([rowAt(2)]);
      const again = statementsOf(table)[1]?.map(({ Parameters }) => Parameters[1]);
      expect(again).to.deep.equal([{ S: '0000001#1.0' }, { S: '0000003#1.0' }]);
    });
  }

  it('count as changed, and not as lost, if the condition fails at a later attempt', async () => {
    const table = scriptedTable(responses('ThrottlingError'), responses('ConditionalCheckFailed'));
    const writing = createRowStore(table.access).writeRows([write(5, 3)]);
    await clock.tickAsync(100);
    expect(await writing).to.deep.equal([rowAt(5)]);
  });

  it('are given up after six attempts', async () => {
    const table = scriptedTable(responses('ThrottlingError'));
    const failed = messageOf(createRowStore(table.access).writeRows([write(0)]));
    await clock.runAllAsync();
    expect(await failed).to.equal('DynamoDB did not write all rows after 6 attempts');
    expect(table.asked).to.have.length(6);
  });

  it('are not sent again after a refusal, which names its code', async () => {
    const table = scriptedTable(responses(undefined, 'ValidationError'));
    const failed = messageOf(createRowStore(table.access).writeRows([write(0), write(1)]));
    expect(await failed).to.equal('DynamoDB refused a row: ValidationError: it says ValidationError');
    expect(table.asked).to.have.length(1);
  });

  for (const codes of [[], [undefined], [undefined, undefined, undefined]]) {
    it(`are not taken for written by an answer with ${codes.length} responses to two`, async () => {
      const answer = codes.length > 0 ? responses(...codes) : {};
      const failed = messageOf(createRowStore(scriptedTable(answer).access).writeRows(writes(2)));
      expect(await failed).to.equal('DynamoDB did not answer for every row');
    });
  }
});

describe('rows read from DynamoDB', () => {
  const item = (sk: string, upTo: string) => ({
    pk: { S: 'day#a' },
    sk: { S: sk },
    upTo: { N: upTo },
    body: { B: '' },
  });

  it('are of all buckets asked for, past the end of a page', async () => {
    const table = scriptedTable(
      { Items: [item('0000002#1.0', '4')], LastEvaluatedKey: { sk: { S: 'x' } } },
      { Items: [item('0000010#1.1', '6.5')] },
    );
    const rows = await createRowStore(table.access).queryRows({ kind: 'day', subject: 'a', from: 2, to: 10 });
    expect(rows.map(({ key, upTo }) => [key.kind, key.subject, key.bucket, key.logId, upTo])).to.deep.equal([
      ['day', 'a', 2, '1.0', 4],
      ['day', 'a', 10, '1.1', 6.5],
    ]);
    expect(table.asked.map(({ ExpressionAttributeValues }) => ExpressionAttributeValues)).to.deep.equal(
      Array(2).fill({ ':pk': { S: 'day#a' }, ':from': { S: '0000002' }, ':to': { S: '0000010$' } }),
    );
    expect(table.asked[1]?.ExclusiveStartKey).to.deep.equal({ sk: { S: 'x' } });
  });
});
