import type { QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { partitionQuery, pastQuery, queryPages } from './query-pages.ts';
import type { TableAccess, TableItem } from './table-access.ts';

/** A table that answers with these pages, one after the other, and keeps what it was asked. */
function tableOf(pages: readonly (readonly string[])[], asked: QueryCommand['input'][]): TableAccess {
  const send = async ({ input }: QueryCommand) => {
    const page = pages[asked.length] ?? [];
    asked.push(input);
    const isLast = asked.length === pages.length;
    return {
      Items: page.map((S) => ({ sk: { S } })),
      LastEvaluatedKey: isLast ? undefined : { sk: { S: `${page.at(-1)}` } },
    };
  };
  return { client: { send } as unknown as TableAccess['client'], tableName: 'table' };
}

async function drained(pages: AsyncIterable<TableItem[]>): Promise<string[]> {
  const found: string[] = [];
  for await (const page of pages) found.push(...page.map(({ sk }) => sk?.S ?? ''));
  return found;
}

describe('queryPages', () => {
  it('continues after each page, also an empty one, until there is none, and reads consistently', async () => {
    const asked: QueryCommand['input'][] = [];
    const table = tableOf([['a', 'b'], [], ['c']], asked);
    expect(await drained(queryPages(table, partitionQuery('p')))).to.deep.equal(['a', 'b', 'c']);
    expect(asked.map(({ ExclusiveStartKey }) => ExclusiveStartKey?.sk?.S)).to.deep.equal([undefined, 'b', 'undefined']);
    expect(asked.every(({ ConsistentRead }) => ConsistentRead)).to.equal(true);
  });

  it('asks for the items past a key of a partition', async () => {
    const asked: QueryCommand['input'][] = [];
    await drained(queryPages(tableOf([['c']], asked), pastQuery({ pk: 'p', sk: 'b' })));
    expect(asked[0]).to.include({ KeyConditionExpression: 'pk = :pk AND sk > :sk' });
    expect(asked[0]?.ExpressionAttributeValues).to.deep.equal({ ':pk': { S: 'p' }, ':sk': { S: 'b' } });
  });
});
