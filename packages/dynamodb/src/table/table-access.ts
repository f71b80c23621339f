import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';

/** A table, and the client that reaches it. */
export interface TableAccess {
  readonly client: Pick<DynamoDBClient, 'send'>;
  readonly tableName: string;
}

/** The key of an item: the same two attributes in each table. */
export interface TableKey {
  readonly pk: string;
  readonly sk: string;
}

/** An item of a table as the SDK gives it. */
export type TableItem = Record<string, AttributeValue>;

export function keyAttributes({ pk, sk }: TableKey): TableItem {
  return { pk: { S: pk }, sk: { S: sk } };
}
