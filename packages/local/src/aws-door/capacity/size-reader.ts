import type { Reply } from '../../aws-calls/aws-call.ts';
import { itemBytes, type WireItem } from './item-size.ts';

/** Calls DynamoDB itself: not counted, and without faults. */
export type CallTable = (action: string, body: object) => Promise<Reply>;

/** An item that a call wrote, or tried to. */
export interface WrittenKey {
  readonly table: string;
  /** Undefined if the key could not be read from the call: it then counts as one unit. */
  readonly key: WireItem | undefined;
  /** The size of the item that was to be put. */
  readonly atLeastBytes?: number;
}

/** Measures items as they are in the tables now. */
export interface SizeReader {
  /** The key's attributes of a table, asked once. */
  keyNames(table: string): Promise<readonly string[]>;
  /** The size of each item, in the order of `keys`; 0 if there is none. */
  read(keys: readonly WrittenKey[]): Promise<number[]>;
}

/** How many items are asked for at once. */
const AT_ONCE = 100;

/** Creates a reader that asks the tables through `callTable`. */
export function createSizeReader(callTable: CallTable): SizeReader {
  const names = new Map<string, readonly string[]>();

  const readOne = async ({ table, key, atLeastBytes = 0 }: WrittenKey): Promise<number> => {
    if (key === undefined) return atLeastBytes;
    const reply = await callTable('GetItem', { TableName: table, Key: key, ConsistentRead: true });
    const { Item } = JSON.parse(reply.body.toString('utf8')) as { Item?: WireItem };
    return Math.max(atLeastBytes, Item === undefined ? 0 : itemBytes(Item));
  };

  return {
    keyNames: async (table) => {
      const known = names.get(table);
      if (known !== undefined) return known;
      const reply = await callTable('DescribeTable', { TableName: table });
      type Description = { Table?: { KeySchema: { AttributeName: string }[] } };
      const schema = (JSON.parse(reply.body.toString('utf8')) as Description).Table?.KeySchema ?? [];
      const found = schema.map(({ AttributeName }) => AttributeName);
      if (found.length > 0) names.set(table, found);
      return found;
    },
    read: async (keys) => {
      const sizes: number[] = [];
      for (let from = 0; from < keys.length; from += AT_ONCE) {
        sizes.push(...(await Promise.all(keys.slice(from, from + AT_ONCE).map(readOne))));
      }
      return sizes;
    },
  };
}
