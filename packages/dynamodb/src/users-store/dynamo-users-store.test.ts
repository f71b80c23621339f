import type { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { expect } from 'chai';
import { createDynamoUsersStore } from './dynamo-users-store.ts';
import { userItem } from './user-item.ts';

describe('createDynamoUsersStore', () => {
  it('reads a page in one request of at most one item more than the page has, however long the list', async () => {
    const inputs: QueryCommand['input'][] = [];
    const send = async ({ input }: QueryCommand) => {
      inputs.push(input);
      const user = { userId: 'u', profile: {}, avatar: undefined, createdAt: 0, updatedAt: 0, version: 'a' };
      return { Items: Array(input.Limit).fill(userItem(user)), LastEvaluatedKey: {} };
    };
    const store = createDynamoUsersStore({ client: { send } as unknown as DynamoDBClient, tableName: 'users' });
    const page = await store.list({ after: 't', limit: 100 });
    expect([page.users.length, page.hasMore]).to.deep.equal([100, true]);
    expect(inputs.map(({ Limit }) => Limit)).to.deep.equal([101]);
  });
});
