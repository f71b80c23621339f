import { QueryCommand, type QueryCommandInput } from '@aws-sdk/client-dynamodb';
import type { TableAccess, TableItem, TableKey } from './table-access.ts';

type PartialQuery = Omit<QueryCommandInput, 'TableName'>;

/** Every page of a consistent query. */
export async function* queryPages({ client, tableName }: TableAccess, query: PartialQuery): AsyncIterable<TableItem[]> {
  let from: TableItem | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: tableName,
        ConsistentRead: true,
        ...query,
        ...(from && { ExclusiveStartKey: from }),
      }),
    );
    yield page.Items ?? [];
    from = page.LastEvaluatedKey;
  } while (from);
}

/** A query for all of a partition. */
export function partitionQuery(pk: string): PartialQuery {
  return { KeyConditionExpression: 'pk = :pk', ExpressionAttributeValues: { ':pk': { S: pk } } };
}

/** A query for the item of a key, and those past it in its partition. */
export function fromQuery(key: TableKey): PartialQuery {
  return comparingQuery(key, '>=');
}

/** A query for the items past a key in its partition. */
export function pastQuery(key: TableKey): PartialQuery {
  return comparingQuery(key, '>');
}

/** A query for the items before a key in its partition. */
export function beforeQuery(key: TableKey): PartialQuery {
  return comparingQuery(key, '<');
}

function comparingQuery({ pk, sk }: TableKey, operator: '<' | '>' | '>='): PartialQuery {
  return {
    KeyConditionExpression: `pk = :pk AND sk ${operator} :sk`,
    ExpressionAttributeValues: { ':pk': { S: pk }, ':sk': { S: sk } },
  };
}
