import type { Account } from '../account/account.ts';
import { isKept, type Template } from '../account/template.ts';

/**
 * Protects the tables of a stack that stay when it is removed; the others must be free to go. It comes after the
 * deployment: while a new table is protected, the roll-back of a deployment that failed cannot delete it. Returns the
 * names of those for which something changed.
 */
export async function protectTables(account: Account, { Resources }: Template): Promise<string[]> {
  const changed: string[] = [];
  for (const resource of Object.values(Resources)) {
    const { TableName } = resource.Properties ?? {};
    if (resource.Type !== 'AWS::DynamoDB::Table' || typeof TableName !== 'string') continue;
    if (await account.protectTable(TableName, isKept(resource))) changed.push(TableName);
  }
  return changed;
}
