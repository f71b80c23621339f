import {
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite } from '../conditional-write.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from '../table-access.ts';

/** One write of a transaction, or one condition. */
export type TransactItem = NonNullable<TransactWriteItemsCommandInput['TransactItems']>[number];

/** Writes in one transaction (DynamoDB's limit). */
export const TRANSACT_LIMIT = 100;

/**
 * Reasons for which a transaction may be cancelled without an error: a condition failed, or another transaction was
 * first.
 */
const EXPECTED = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict']);

/**
 * Writes all or nothing; false if a condition fails, or if another write of the same items was under way. If the client
 * sends it again because the answer was lost, it takes effect once: the client sends the same token
 * (`ClientRequestToken`, valid for ten minutes).
 */
export async function transact(client: TableAccess['client'], TransactItems: TransactItem[]): Promise<boolean> {
  try {
    await client.send(new TransactWriteItemsCommand({ TransactItems }));
    return true;
  } catch (error) {
    const reasons = error instanceof TransactionCanceledException ? (error.CancellationReasons ?? []) : [];
    if (reasons.length > 0 && reasons.every(({ Code = '' }) => EXPECTED.has(Code))) return false;
    throw error;
  }
}

type Update = Omit<UpdateItemCommandInput, 'TableName' | 'Key'>;

/** Updates an item and returns it; undefined if the condition fails. */
export async function updateIf(
  { client, tableName: TableName }: TableAccess,
  key: TableKey,
  update: Update,
): Promise<TableItem | undefined> {
  const command = new UpdateItemCommand({ TableName, Key: keyAttributes(key), ...update, ReturnValues: 'ALL_NEW' });
  const { answer } = await outcomeOfWrite(client.send(command));
  return answer?.Attributes;
}
