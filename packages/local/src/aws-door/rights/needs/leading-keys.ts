type Json = Readonly<Record<string, unknown>>;

/** A condition on the partition key stands first in all queries here. */
const FIRST_CONDITION = /^\s*[\w#]+\s*=\s*(:\w+)/;

/**
 * The values of the partition key `pk` that a call names, or of a query's index: IAM's `dynamodb:LeadingKeys`. Empty if it
 * names none.
 */
export function leadingKeys(call: unknown): readonly string[] {
  const { Key, Item, Keys, KeyConditionExpression, ExpressionAttributeValues } = (call ?? {}) as Json;
  const [, alias = ''] = FIRST_CONDITION.exec(String(KeyConditionExpression ?? '')) ?? [];
  const asked = (ExpressionAttributeValues as Json | undefined)?.[alias];
  const items = [Key, Item, ...((Keys ?? []) as readonly unknown[])].map((item) => (item as Json | undefined)?.pk);
  return [asked, ...items].flatMap((value) => (value as { readonly S?: string } | undefined)?.S ?? []);
}

/** The same of the writes to one table in BatchWriteItem. */
export function leadingKeysOfWrites(requests: unknown): readonly string[] {
  if (!Array.isArray(requests)) return [];
  return requests.flatMap(({ PutRequest, DeleteRequest }) => leadingKeys(PutRequest ?? DeleteRequest));
}
