import { DeleteItemCommand, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { partitionQuery, pastQuery } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess } from '../table/table-access.ts';
import { storedUser, USERS_PARTITION, userItem, userKey } from './user-item.ts';
import type { UsersStore, WriteOutcome } from './users-store.ts';

/** Profiles in DynamoDB: an item for each. A write is conditional on the version that it replaces. */
export function createDynamoUsersStore(access: TableAccess): UsersStore {
  const { client, tableName: TableName } = access;
  return {
    async find(userId) {
      const item = await getItem(access, userKey(userId));
      return item && storedUser(item);
    },

    write(user, expected) {
      const put = new PutItemCommand({ TableName, Item: userItem(user), ...conditionOn(expected) });
      // The SDK sends a write again if it had no answer: the state in the way may be the one that this write made.
      return outcomeOf(client.send(put), user.version);
    },

    remove(userId, expected) {
      const remove = new DeleteItemCommand({
        TableName,
        Key: keyAttributes(userKey(userId)),
        ...conditionOn(expected),
      });
      return outcomeOf(client.send(remove));
    },

    async list({ after, limit }) {
      const range = after === undefined ? partitionQuery(USERS_PARTITION) : pastQuery(userKey(after));
      const query = new QueryCommand({ TableName, ConsistentRead: true, Limit: limit + 1, ...range });
      const { Items = [], LastEvaluatedKey } = await client.send(query);
      // One more than asked for tells whether there is more; a page that was cut at 1 MB has a last key.
      const hasMore = Items.length > limit || (LastEvaluatedKey !== undefined && Items.length > 0);
      return { users: Items.slice(0, limit).map(storedUser), hasMore };
    },
  };
}

function conditionOn(expected: string | undefined) {
  const returned = { ReturnValuesOnConditionCheckFailure: 'ALL_OLD' } as const;
  if (expected === undefined) return { ...returned, ConditionExpression: 'attribute_not_exists(pk)' };
  return {
    ...returned,
    ConditionExpression: 'version = :expected',
    ExpressionAttributeValues: { ':expected': { S: expected } },
  };
}

/** `ownVersion` is the state that the write itself makes. */
async function outcomeOf(write: Promise<unknown>, ownVersion?: string): Promise<WriteOutcome> {
  const { failed } = await outcomeOfWrite(write);
  if (failed === undefined) return 'written';
  const version = failed.Item?.version?.S;
  return version !== undefined && version === ownVersion ? 'written' : 'changed';
}
