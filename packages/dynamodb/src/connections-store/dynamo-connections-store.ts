import { DeleteItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mapSome } from '../table/batches.ts';
import { outcomeOfWrite, putOnce } from '../table/conditional-write.ts';
import { getItem } from '../table/get-item.ts';
import { partitionQuery, queryPages } from '../table/query-pages.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from '../table/table-access.ts';
import { ItemUpdate } from '../table/updates/item-update.ts';
import { updateIf } from '../table/updates/transact.ts';
import {
  CONNECTIONS_PARTITION,
  connectionItem,
  connectionKey,
  postsKey,
  storedConnection,
  storedSubscription,
  subscriptionItem,
  subscriptionsPartition,
} from './connection-items.ts';
import { type ConnectionsStore, MAX_SUBSCRIPTIONS, type WantedPosts } from './connections-store.ts';

/** Others take posts of the same second at the same time. */
const ATTEMPTS = 4;
/** A second's posts are asked for in that second alone. */
const POSTS_KEPT_SECONDS = 3_600;

/** Connections in DynamoDB: an item for each, and one for each subscription. */
export function createDynamoConnectionsStore(access: TableAccess): ConnectionsStore {
  const { client, tableName: TableName } = access;
  const find = async (id: string) => {
    const item = await getItem(access, connectionKey(id));
    return item && storedConnection(item);
  };
  const subscriptions = async (id: string) =>
    (await readAll(access, subscriptionsPartition(id))).map(storedSubscription);

  return {
    find,
    subscriptions,

    async open(connection) {
      await putOnce(access, connectionKey(connection.id), connectionItem(connection));
    },

    async all() {
      return (await readAll(access, CONNECTIONS_PARTITION)).map(storedConnection);
    },

    async close(id) {
      // The connection first: what a crash leaves of its subscriptions is pushed to nobody, and expires.
      const wasThere = await remove(access, connectionKey(id));
      const own = await subscriptions(id);
      await mapSome(own, (one) => remove(access, { pk: subscriptionsPartition(id), sk: one.id }));
      return wasThere;
    },

    async subscribe(connectionId, subscription) {
      const connection = await find(connectionId);
      if (!connection) return 'gone';
      const key = { pk: subscriptionsPartition(connectionId), sk: subscription.id };
      const Item = { ...keyAttributes(key), ...subscriptionItem(subscription, connection) };
      await client.send(new PutItemCommand({ TableName, Item }));
      // Afterwards: of several that come at the same time, none would see the others before.
      if ((await subscriptions(connectionId)).length > MAX_SUBSCRIPTIONS) {
        await remove(access, key);
        return 'too-many';
      }
      // The revision last: whoever reads the new one also reads the subscription.
      if (await growRevision(access, connectionId)) return 'subscribed';
      await remove(access, key);
      return 'gone';
    },

    async unsubscribe(connectionId, id) {
      await remove(access, { pk: subscriptionsPartition(connectionId), sk: id });
      await growRevision(access, connectionId);
    },

    takePosts: (posts) => takePosts(access, posts),
  };
}

async function readAll(access: TableAccess, partition: string): Promise<TableItem[]> {
  const items: TableItem[] = [];
  for await (const page of queryPages(access, partitionQuery(partition))) items.push(...page);
  return items;
}

async function remove({ client, tableName: TableName }: TableAccess, key: TableKey): Promise<boolean> {
  const command = new DeleteItemCommand({ TableName, Key: keyAttributes(key), ReturnValues: 'ALL_OLD' });
  return (await client.send(command)).Attributes !== undefined;
}

/** False if the connection is gone. */
async function growRevision(access: TableAccess, id: string): Promise<boolean> {
  const update = new ItemUpdate().add('revision', 1).whenThere().build();
  return (await updateIf(access, connectionKey(id), update)) !== undefined;
}

async function takePosts({ client, tableName }: TableAccess, { second, wanted, limit }: WantedPosts): Promise<number> {
  let taken = 0;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const posts = Math.min(wanted, limit - taken);
    if (posts <= 0) return 0;
    const update = new ItemUpdate().add('taken', posts).set('expiresAt', second + POSTS_KEPT_SECONDS);
    const command = new UpdateItemCommand({
      ...{ TableName: tableName, Key: keyAttributes(postsKey(second)) },
      ...update.whenMissingOr('taken', '<=', limit - posts).build(),
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    const { failed } = await outcomeOfWrite(client.send(command));
    if (!failed) return posts;
    taken = Number(failed.Item?.taken?.N ?? limit);
  }
  return 0;
}
