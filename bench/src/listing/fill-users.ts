import { BatchWriteItemCommand, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoUsersStore, type TableAccess } from '@weir/dynamodb/users';

type Item = NonNullable<PutItemCommand['input']['Item']>;

/** The most items that BatchWriteItem takes at once. */
const BATCH = 25;
const AT_ONCE = 16;

export interface FillAccess {
  readonly client: DynamoDBClient;
  readonly tableName: string;
}

/** Writes `users` profiles. The items are the store's own, but are sent 25 at a time. */
export async function fillUsers(access: FillAccess, users: number): Promise<void> {
  for (let from = 0; from < users; from += BATCH * AT_ONCE) {
    const starts = Array.from({ length: AT_ONCE }, (_, at) => from + at * BATCH).filter((start) => start < users);
    await Promise.all(
      starts.map(async (start) => writeAll(access, await itemsOf(start, Math.min(users, start + BATCH)))),
    );
  }
}

async function itemsOf(from: number, to: number): Promise<Item[]> {
  const items: Item[] = [];
  const send = async (command: unknown) => {
    if (!(command instanceof PutItemCommand) || !command.input.Item) throw new Error('a store of users puts items');
    items.push(command.input.Item);
    return {};
  };
  const store = createDynamoUsersStore({ client: { send } as TableAccess['client'], tableName: 'any' });
  for (let index = from; index < to; index++) {
    const profile = { name: `Somebody ${index}`, email: `somebody.${index}@example.com`, attributes: { plan: 'pro' } };
    const more = { avatar: undefined, createdAt: index, updatedAt: index, version: `${index}` };
    await store.write({ userId: userIdOf(index), profile, ...more }, undefined);
  }
  return items;
}

async function writeAll({ client, tableName }: FillAccess, items: readonly Item[]): Promise<void> {
  const requests = items.map((Item) => ({ PutRequest: { Item } }));
  const { UnprocessedItems = {} } = await client.send(
    new BatchWriteItemCommand({ RequestItems: { [tableName]: requests } }),
  );
  if (Object.keys(UnprocessedItems).length > 0) throw new Error('the local table left items unwritten');
}

/** User ids in their sort order: the listing must give them in this order. */
export function userIdOf(index: number): string {
  return `u_${String(index).padStart(7, '0')}`;
}
