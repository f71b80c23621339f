import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { scriptedTable } from '../../testing/scripted-table.ts';
import { type TransactItem, transact, updateIf } from './transact.ts';

const WRITES: TransactItem[] = [{ Delete: { TableName: 'table', Key: {} } }];

function cancelled(...codes: readonly (string | undefined)[]): TransactionCanceledException {
  const CancellationReasons = codes.map((Code) => (Code === undefined ? {} : { Code }));
  return new TransactionCanceledException({ message: 'cancelled', $metadata: {}, CancellationReasons });
}

describe('a transaction', () => {
  const write = (answer: object) => transact(scriptedTable(answer).access.client, WRITES);

  it('is done if it is answered', async () => {
    expect(await write({})).to.equal(true);
  });

  for (const codes of [
    ['ConditionalCheckFailed'],
    ['None', 'ConditionalCheckFailed', 'None'],
    ['TransactionConflict', 'None'],
  ]) {
    it(`is not done, and is not an error, if it was cancelled for ${codes.join(', ')}`, async () => {
      expect(await write(cancelled(...codes))).to.equal(false);
    });
  }

  // The caller must learn of these: trying again would not help, or not at once.
  for (const [why, error] of [
    ['was throttled', cancelled('ThrottlingError')],
    ['was too large beside a condition that failed', cancelled('ConditionalCheckFailed', 'ValidationError')],
    ['was cancelled for a reason without a name', cancelled(undefined)],
    ['was cancelled for no reason', cancelled()],
    ['was cancelled, and nothing was told', new TransactionCanceledException({ message: 'cancelled', $metadata: {} })],
    ['met another error', new Error('a time-out')],
  ] as const) {
    it(`is an error if it ${why}`, async () => {
      expect(await write(error).catch((thrown: unknown) => thrown)).to.equal(error);
    });
  }
});

describe('updateIf', () => {
  const key = { pk: 'a', sk: 'b' };

  it('gives the item as it is afterwards', async () => {
    const table = scriptedTable({ Attributes: { n: { N: '2' } } });
    expect(await updateIf(table.access, key, { UpdateExpression: 'SET n = 2' })).to.deep.equal({ n: { N: '2' } });
    expect(table.asked[0]).to.deep.include({ TableName: 'table', Key: { pk: { S: 'a' }, sk: { S: 'b' } } });
    expect(table.asked[0]).to.include({ ReturnValues: 'ALL_NEW' });
  });

  it('returns nothing if the condition fails', async () => {
    const { access } = scriptedTable(new ConditionalCheckFailedException({ message: 'no', $metadata: {} }));
    expect(await updateIf(access, key, {})).to.equal(undefined);
  });
});
