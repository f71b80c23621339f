import { ConditionalCheckFailedException, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from './table-access.ts';

/**
 * The result of a write with a condition: the answer, or the failed condition, with the item in the way if the caller
 * asked for it.
 */
export type ConditionalWrite<Answer> =
  | { readonly answer: Answer; readonly failed?: undefined }
  | { readonly answer?: undefined; readonly failed: ConditionalCheckFailedException };

/** Waits for a write with a condition. A failed condition is an outcome; every other error is thrown. */
export async function outcomeOfWrite<Answer>(write: Promise<Answer>): Promise<ConditionalWrite<Answer>> {
  try {
    return { answer: await write };
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { failed: error };
    throw error;
  }
}

/** Writes an item unless its key is taken; false if it is. */
export async function putOnce({ client, tableName }: TableAccess, key: TableKey, item: TableItem): Promise<boolean> {
  const put = new PutItemCommand({
    TableName: tableName,
    Item: { ...keyAttributes(key), ...item },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  const { failed } = await outcomeOfWrite(client.send(put));
  return failed === undefined;
}
