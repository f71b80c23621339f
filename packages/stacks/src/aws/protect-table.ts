import { DescribeTableCommand, type DynamoDBClient, UpdateTableCommand } from '@aws-sdk/client-dynamodb';

/** Sets whether DynamoDB refuses to delete a table; returns whether that changed anything. */
export async function protectTable(client: DynamoDBClient, TableName: string, isProtected: boolean): Promise<boolean> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName }));
  if ((Table?.DeletionProtectionEnabled ?? false) === isProtected) return false;
  await client.send(new UpdateTableCommand({ TableName, DeletionProtectionEnabled: isProtected }));
  return true;
}
