import { functionArns } from './framework/arns.ts';
import type { Service } from './framework/serverless.ts';

/**
 * Lets each function's role decrypt the function's environment, and with this statement nothing else. The framework
 * grants it only to the role that all functions would share, and without a condition.
 */
export function openEnvironments(service: Service): void {
  const { kmsKeyArn } = service.provider;
  if (kmsKeyArn === undefined) return;
  for (const key of service.getAllFunctions()) {
    const definition = service.getFunction(key);
    // Without statements it has no role of its own, which is refused later.
    if (definition.iamRoleStatements === undefined) continue;
    definition.iamRoleStatements = [
      ...definition.iamRoleStatements,
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: kmsKeyArn,
        Condition: {
          StringLike: { 'kms:EncryptionContext:aws:lambda:FunctionArn': functionArns(String(definition.name)) },
        },
      },
    ];
  }
}

/** Encrypts the functions' logs with the key of their environments. The framework has no setting for it. */
export function encryptLogs({ provider }: Service): void {
  const { kmsKeyArn, compiledCloudFormationTemplate } = provider;
  if (kmsKeyArn === undefined) return;
  for (const { Type, Properties } of Object.values(compiledCloudFormationTemplate.Resources)) {
    if (Type === 'AWS::Logs::LogGroup' && Properties !== undefined) Properties.KmsKeyId ??= kmsKeyArn;
  }
}
