import { ConditionalCheckFailedException, type PutItemCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { outcomeOfWrite, putOnce } from './conditional-write.ts';
import type { TableAccess } from './table-access.ts';

const refusedWrite = new ConditionalCheckFailedException({
  message: 'no',
  $metadata: {},
  Item: { version: { S: '1' } },
});
const KEY = { pk: 'a', sk: 'b' };

function tableThat(send: (command: PutItemCommand) => Promise<unknown>): TableAccess {
  return { client: { send } as unknown as TableAccess['client'], tableName: 'table' };
}

describe('a write with a condition', () => {
  it('gives its answer, or the failed condition with the item in the way', async () => {
    expect(await outcomeOfWrite(Promise.resolve(7))).to.deep.equal({ answer: 7 });
    const { failed } = await outcomeOfWrite(Promise.reject(refusedWrite));
    expect(failed?.Item).to.deep.equal({ version: { S: '1' } });
  });

  it('throws every other error', async () => {
    const error = new Error('a time-out');
    const thrown = await outcomeOfWrite(Promise.reject(error)).catch((caught: unknown) => caught);
    expect(thrown).to.equal(error);
  });

  it('puts an item if its key is free, and says if it is not', async () => {
    const inputs: PutItemCommand['input'][] = [];
    const free = tableThat(async ({ input }) => void inputs.push(input));
    expect(await putOnce(free, KEY, { n: { N: '1' } })).to.equal(true);
    expect(inputs).to.deep.equal([
      {
        TableName: 'table',
        Item: { pk: { S: 'a' }, sk: { S: 'b' }, n: { N: '1' } },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    ]);
    expect(
      await putOnce(
        tableThat(() => Promise.reject(refusedWrite)),
        KEY,
        {},
      ),
    ).to.equal(false);
  });
});
