import {
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
} from '@aws-sdk/client-dynamodb';
import { storedUser, USERS_PARTITION, userItem, userKey } from './user-item.ts';
import type { UsersRange, UsersStore, WriteOutcome } from './users-store.ts';

/** Where the users' table is. */
export interface UsersTableAccess {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
}

/** Profiles in DynamoDB: an item each, conditional on the version it replaces. */
export function createDynamoUsersStore({ client, tableName: TableName }: UsersTableAccess): UsersStore {
  return {
    async find(userId) {
      const get = new GetItemCommand({ TableName, Key: userKey(userId), ConsistentRead: true });
      const { Item } = await client.send(get);
      return Item && storedUser(Item);
    },

    write(user, expected) {
      const put = new PutItemCommand({ TableName, Item: userItem(user), ...conditionOn(expected) });
      // The SDK sends again what it had no answer to: the state in the way may be the one that this write made.
      return outcomeOf(client.send(put), user.version);
    },

    remove(userId, expected) {
      const remove = new DeleteItemCommand({ TableName, Key: userKey(userId), ...conditionOn(expected) });
      return outcomeOf(client.send(remove));
    },

    async list({ after, limit }) {
      const query = new QueryCommand({ TableName, ConsistentRead: true, Limit: limit + 1, ...rangeAfter(after) });
      const { Items = [], LastEvaluatedKey } = await client.send(query);
      // One more than asked for tells whether there is more; a page that 1 MB cut short says so by its last key.
      const hasMore = Items.length > limit || (LastEvaluatedKey !== undefined && Items.length > 0);
      return { users: Items.slice(0, limit).map(storedUser), hasMore };
    },
  };
}

function rangeAfter(after: UsersRange['after']) {
  const partition = { ':pk': { S: USERS_PARTITION } };
  if (after === undefined) return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: partition };
  return {
    KeyConditionExpression: 'pk = :pk AND sk > :after',
    ExpressionAttributeValues: { ...partition, ':after': { S: after } },
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
  try {
    await write;
    return 'written';
  } catch (error) {
    if (!(error instanceof ConditionalCheckFailedException)) throw error;
    const version = error.Item?.version?.S;
    return version !== undefined && version === ownVersion ? 'written' : 'changed';
  }
}
