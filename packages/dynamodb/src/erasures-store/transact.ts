import {
  TransactionCanceledException,
  TransactWriteItemsCommand,
  type TransactWriteItemsCommandInput,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { outcomeOfWrite } from '../table/conditional-write.ts';
import { keyAttributes, type TableAccess, type TableItem, type TableKey } from '../table/table-access.ts';

/** One write of a transaction, or one condition. */
export type TransactItem = NonNullable<TransactWriteItemsCommandInput['TransactItems']>[number];

/** Writes in one transaction (DynamoDB's limit). */
export const TRANSACT_LIMIT = 100;

/** Why a transaction may be cancelled without an error: a condition failed, or another transaction was first. */
const EXPECTED = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict']);

/**
 * Writes all or nothing; false when a condition fails, or another write of the same items was under way. What the client
 * sends again as the answer was lost is done once: it sends the same token (`ClientRequestToken`, good for ten minutes).
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

/** Updates an item and returns it; undefined when the condition fails. */
export async function updateIf(
  { client, tableName: TableName }: TableAccess,
  key: TableKey,
  update: Update,
): Promise<TableItem | undefined> {
  const command = new UpdateItemCommand({ TableName, Key: keyAttributes(key), ...update, ReturnValues: 'ALL_NEW' });
  const { answer } = await outcomeOfWrite(client.send(command));
  return answer?.Attributes;
}
