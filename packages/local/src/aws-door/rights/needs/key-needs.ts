import type { TemplateFacts } from '../facts/template-facts.ts';
import type { Need } from '../policy/policy.ts';

/** What a service does with the key of an encrypted resource in the name of the caller, by the caller's action. */
const USES: Readonly<Record<string, readonly string[]>> = {
  'kinesis:PutRecord': ['GenerateDataKey'],
  'kinesis:PutRecords': ['GenerateDataKey'],
  'kinesis:GetRecords': ['Decrypt'],
  // The table's own key is decrypted for every item, also for one that is written.
  ...Object.fromEntries(
    [
      ...['BatchGetItem', 'BatchWriteItem', 'ConditionCheckItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan'],
      ...['UpdateItem', 'PartiQLDelete', 'PartiQLInsert', 'PartiQLSelect', 'PartiQLUpdate', 'GetRecords'],
    ].map((action) => [`dynamodb:${action}`, ['Decrypt']]),
  ),
  's3:GetObject': ['Decrypt'],
  's3:GetObjectVersion': ['Decrypt'],
  's3:PutObject': ['GenerateDataKey'],
  'secretsmanager:GetSecretValue': ['Decrypt'],
  'secretsmanager:PutSecretValue': ['GenerateDataKey', 'Decrypt'],
  'sns:Publish': ['GenerateDataKey', 'Decrypt'],
  'sqs:ReceiveMessage': ['Decrypt'],
  'sqs:SendMessage': ['GenerateDataKey', 'Decrypt'],
};

/** Adds what each need takes of the key that encrypts its resource. */
export function withKeyNeeds(needs: readonly Need[], { keyOf }: Pick<TemplateFacts, 'keyOf'>): readonly Need[] {
  return needs.flatMap((need) => {
    const key = need.resource === undefined ? undefined : keyOf(need.resource);
    const uses = key === undefined ? [] : (need.keyUses ?? USES[need.action] ?? []);
    return [need, ...uses.map((use) => ({ action: `kms:${use}`, resource: key }))];
  });
}
