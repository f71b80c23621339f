import { type AttributeValue, QueryCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite, putOnce } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { getItems } from '../table/get-items.ts';
import { partitionQuery } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from '../table/table-access.ts';
import type { KeyRemoval, KeysStore, RemovalOutcome, StoredKey } from './keys-store.ts';

/**
 * One partition: a list is then a query. DynamoDB splits it where it gets hot, because the table has no local index.
 */
const KEYS_PARTITION = 'keys';

/** The keys in DynamoDB. Reads are consistent: as soon as a write has been answered, a key works, or works no more. */
export function createDynamoKeysStore(access: TableAccess): KeysStore {
  const { client, tableName: TableName } = access;
  return {
    async add(key) {
      // If an id is taken, it is this very key's: the write was made, and its answer was lost.
      await putOnce(access, tableKey(key.id), toItem(key));
    },

    async find(id) {
      const item = await getItem(access, tableKey(id));
      return item && toKey(item);
    },

    async list({ after, limit }) {
      const from = after === undefined ? {} : { ExclusiveStartKey: keyAttributes(tableKey(after)) };
      const query = {
        ...partitionQuery(KEYS_PARTITION),
        // One more than asked for: DynamoDB names a next page even if that page is empty.
        Limit: limit + 1,
        ConsistentRead: true,
      };
      const { Items = [], LastEvaluatedKey } = await client.send(new QueryCommand({ TableName, ...query, ...from }));
      const keys = Items.slice(0, limit).map(toKey);
      return { keys, next: Items.length > limit || LastEvaluatedKey ? keys.at(-1)?.id : undefined };
    },

    remove: (id, removal) => markRemoved(access, id, { removal, marks: [REMOVED] }),

    removeTree: (id, removal) => markRemoved(access, id, { removal, marks: [REMOVED, TREE_REMOVED] }),

    async findRemovedTrees(ids) {
      const items = await getItems(access, ids.map(tableKey));
      const removed = items.filter(({ treeRemovedAt }) => treeRemovedAt !== undefined);
      return new Map(
        removed.map(({ sk, treeRemovedAt, treeRemovedBy }) => {
          return [sk?.S ?? '', { at: Number(treeRemovedAt?.N), by: treeRemovedBy?.S ?? '' }];
        }),
      );
    },

    async markUsed(id, { at, unlessAfter }) {
      const mark = new UpdateItemCommand({
        TableName,
        Key: keyAttributes(tableKey(id)),
        UpdateExpression: 'SET lastUsedAt = :at',
        ConditionExpression:
          'attribute_exists(pk) AND (attribute_not_exists(lastUsedAt) OR lastUsedAt <= :unlessAfter)',
        ExpressionAttributeValues: { ':at': { N: String(at) }, ':unlessAfter': { N: String(unlessAfter) } },
      });
      await outcomeOfWrite(client.send(mark));
    },
  };
}

/** Attributes that say when and by whom. */
interface Mark {
  readonly at: string;
  readonly by: string;
}

const REMOVED: Mark = { at: 'removedAt', by: 'removedBy' };
const TREE_REMOVED: Mark = { at: 'treeRemovedAt', by: 'treeRemovedBy' };

/** Sets attributes that are not set yet. */
async function markRemoved(
  { client, tableName: TableName }: TableAccess,
  id: string,
  { removal, marks }: { readonly removal: KeyRemoval; readonly marks: readonly Mark[] },
): Promise<RemovalOutcome> {
  const once = (name: string, value: string) => `${name} = if_not_exists(${name}, ${value})`;
  const sets = marks.flatMap(({ at, by }) => [once(at, ':at'), once(by, ':by')]);
  const mark = new UpdateItemCommand({
    TableName,
    Key: keyAttributes(tableKey(id)),
    UpdateExpression: `SET ${sets.join(', ')}`,
    ConditionExpression: 'attribute_exists(pk)',
    ExpressionAttributeValues: { ':at': { N: String(removal.at) }, ':by': { S: removal.by } },
  });
  const { failed } = await outcomeOfWrite(client.send(mark));
  return failed === undefined ? 'removed' : 'unknown';
}

function tableKey(id: string): TableKey {
  return { pk: KEYS_PARTITION, sk: id };
}

function toItem(key: StoredKey): TableItem {
  const texts = { hash: key.hash, name: key.name, createdBy: key.createdBy, removedBy: key.removedBy };
  const { createdAt, lastUsedAt, removedAt } = key;
  // Not `expiresAt`: under that name the other tables expire their items.
  const numbers = { createdAt, lastUsedAt, removedAt, validUntil: key.expiresAt };
  return {
    ...attributes(texts, (S) => ({ S })),
    ...attributes(numbers, (number) => ({ N: String(number) })),
    ...attributes({ scopes: key.scopes, actionPrefixes: key.actionPrefixes, makers: key.makers }, (list) => ({
      L: list.map((S) => ({ S })),
    })),
  };
}

function attributes<T>(values: Record<string, T | undefined>, write: (value: T) => AttributeValue): TableItem {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, write(value)]])),
  );
}

function toKey(item: TableItem): StoredKey {
  return {
    id: item.sk?.S ?? '',
    hash: item.hash?.S ?? '',
    name: item.name?.S ?? '',
    scopes: listOf(item.scopes) ?? [],
    actionPrefixes: listOf(item.actionPrefixes),
    createdAt: Number(item.createdAt?.N),
    createdBy: item.createdBy?.S ?? '',
    makers: listOf(item.makers) ?? [],
    expiresAt: numberOf(item.validUntil),
    lastUsedAt: numberOf(item.lastUsedAt),
    removedAt: numberOf(item.removedAt),
    removedBy: item.removedBy?.S,
  };
}

function listOf(attribute: AttributeValue | undefined): string[] | undefined {
  return attribute?.L?.map(({ S = '' }) => S);
}

function numberOf(attribute: AttributeValue | undefined): number | undefined {
  return attribute?.N === undefined ? undefined : Number(attribute.N);
}
