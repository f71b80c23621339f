/** Why roles have grants that no connected test needs. */
export interface Reason {
  /** Names of roles as the local AWS gives them (a function's name, or a service's and a logical id); `*` is any text. */
  readonly roles: string;
  /** Actions that these roles are granted. */
  readonly actions: readonly string[];
  /** The resource, if the reason does not hold for all of them; `*` is any text. */
  readonly resource?: string;
  /** A condition key, if the reason is only for grants that have a condition on it. */
  readonly conditionKey?: string;
  readonly reason: string;
  /** The calls depend on time: one run may make them, and the next may not. */
  readonly sometimes?: true;
}

/**
 * Each is refused as soon as a recorded call needs one of its grants (unless it is one of `sometimes`), or no role has
 * such a grant.
 */
export const REASONS: readonly Reason[] = [
  {
    roles: '*',
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    reason: "Lambda writes a function's log in the name of its role; on this machine, logs are files",
  },
  {
    roles: '*',
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'],
    reason: "X-Ray's daemon sends traces in the name of the role; on this machine, nothing is traced",
  },
  {
    roles: '*',
    actions: ['kms:Decrypt'],
    conditionKey: 'kms:EncryptionContext:aws:lambda:FunctionArn',
    reason: "Lambda decrypts a function's environment in the name of its role; on this machine, none is encrypted",
  },
  {
    roles: '* *MachineRole',
    actions: ['xray:GetSamplingRules', 'xray:GetSamplingTargets'],
    reason: 'Step Functions asks X-Ray which executions to trace; on this machine, nothing is traced',
  },
  {
    roles: 'weir-api-local-*',
    actions: ['dynamodb:GetItem'],
    resource: '*:table/weir-local-idempotency',
    reason: 'Powertools reads a record only if DynamoDB does not return it with the write that it refuses',
  },
  {
    roles: 'weir-api-local-users',
    actions: ['dynamodb:DeleteItem'],
    resource: '*:table/weir-local-idempotency',
    reason: 'removes the record of a POST that failed: the functions events and keys show the same code at work',
    sometimes: true,
  },
  {
    roles: 'weir-api-local-addresses',
    actions: ['dynamodb:DeleteItem'],
    resource: '*:table/weir-local-idempotency',
    reason: 'removes the record of a POST that failed: the functions events and keys show the same code at work',
    sometimes: true,
  },
  {
    roles: 'weir-ingest-stream BackupRole',
    actions: [
      ...['dynamodb:CreateBackup', 'dynamodb:DeleteBackup', 'dynamodb:DescribeBackup', 'dynamodb:DescribeTable'],
      ...['dynamodb:ListTagsOfResource', 'dynamodb:StartAwsBackupJob', 'kms:Decrypt', 'kms:GenerateDataKey'],
    ],
    reason: 'AWS Backup makes backups of tables in this role, and removes them; on this machine nobody does',
  },
  {
    roles: 'weir-api CanaryRole',
    actions: [
      ...['cloudwatch:DescribeAlarms', 'lambda:GetAlias', 'lambda:GetProvisionedConcurrencyConfig'],
      ...['lambda:InvokeFunction', 'lambda:UpdateAlias'],
    ],
    reason: 'CodeDeploy moves calls to new versions in this role; on this machine nobody does',
  },
  {
    roles: 'weir-api-local-probe',
    actions: [
      ...['codedeploy:GetApplicationRevision', 'codedeploy:GetDeployment'],
      ...['codedeploy:PutLifecycleEventHookExecutionStatus', 'lambda:InvokeFunction'],
    ],
    reason: 'tries new versions for CodeDeploy, which is not on this machine; tests/packaged/probe.test.ts shows it',
  },
  {
    roles: 'weir-api-local-thumbnail',
    actions: ['sqs:SendMessage'],
    reason: 'Lambda sends an upload there after three failed attempts; event-sources.connected.test.ts shows it',
  },
  {
    roles: 'weir-api-local-users',
    actions: ['dynamodb:BatchGetItem', 'dynamodb:PartiQLUpdate'],
    resource: '*:table/weir-local-metrics',
    reason: 'empties rows of activity, which a fold has written when logs have become long or old',
    sometimes: true,
  },
  {
    roles: 'weir-api-local-erase',
    actions: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PartiQLInsert'],
    resource: '*:table/weir-local-metrics',
    reason: 'empties rows of activity, which a fold has written when logs have become long or old',
    sometimes: true,
  },
  {
    roles: 'weir-reports-local-daily',
    actions: ['s3:GetObject'],
    resource: '*/quarantine/*',
    reason: 'counts the refused events of past days: those of a run of the tests arrive today',
    sometimes: true,
  },
  {
    roles: 'weir-reports-local-daily',
    actions: ['s3:ListBucket'],
    resource: '*:weir-local-reports-*',
    reason:
      'finds that latest.json is not there yet: without it that is a 403, but the read itself asks only for the object',
  },
  {
    roles: 'weir-reports-local-coordinate',
    actions: ['sqs:SendMessage'],
    reason: 'Lambda sends a record there that it gives up; table-streams.connected.test.ts shows it',
  },
  {
    roles: 'weir-reports-local-work',
    actions: ['s3:ListBucket'],
    resource: '*:weir-local-archive-*',
    reason: 'finds that an object of the archive was swept or erased meanwhile: without it that is a 403',
    sometimes: true,
  },
  {
    roles: 'weir-reports-local-work',
    actions: ['s3:AbortMultipartUpload'],
    reason: 'gives up a file of a result whose making failed after 8 MB; s3-object-store.connected.test.ts shows it',
  },
  {
    roles: 'weir-reports-local-sweep',
    actions: ['dynamodb:Query', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject'],
    reason: 'plans a job whose record was lost: the function coordinate shows the same code at work',
    sometimes: true,
  },
  {
    roles: 'weir-reports-local-audit',
    actions: ['s3:ListBucket'],
    resource: '*:weir-local-reports-*',
    reason: 'a checkpoint that is missing is a 404 and no 403: those of a running execution are there',
  },
  {
    roles: 'weir-reports-local-audit',
    actions: ['s3:AbortMultipartUpload'],
    reason: 'gives up a file whose making failed after 8 MB; s3-object-store.connected.test.ts shows it',
  },
  {
    roles: 'weir-notifications-local-dispatch',
    actions: ['dynamodb:GetItem'],
    reason: 'finds why a delivery was not held: another process was first, or its endpoint was enabled meanwhile',
    sometimes: true,
  },
  {
    roles: 'weir-notifications-local-dispatch',
    actions: ['sqs:SendMessage'],
    resource: '*:weir-local-dispatch-dead-letters',
    reason: 'Lambda sends an announcement there after three failed attempts; topics.connected.test.ts shows it',
  },
  {
    roles: 'weir-notifications-local-evaluate',
    actions: ['dynamodb:DeleteItem'],
    reason: 'forgets a connection of which API Gateway says that it is gone: most often $disconnect was first',
    sometimes: true,
  },
  {
    roles: 'weir-notifications-local-feedback',
    actions: ['sqs:SendMessage', 'kms:GenerateDataKey'],
    reason: 'Lambda sends an event of SES there after three failed attempts; topics.connected.test.ts shows it',
  },
  {
    roles: 'weir-notifications-local-mail',
    actions: ['s3:ListBucket'],
    reason: 'a mail of a report that is gone is a 404 and no 403: a report is there when it is announced',
  },
  {
    roles: 'weir-api-local-reports',
    actions: ['s3:ListBucket'],
    reason: 'a link to a missing file is a 404 and no 403: all files of a finished revision are there',
  },
  {
    roles: 'weir-ingest-stream-local-consume',
    actions: ['dynamodb:PartiQLUpdate'],
    reason: 'adds to rows that an earlier fold has written: a log must have become long or old for the second time',
    sometimes: true,
  },
  {
    roles: 'weir-ingest-stream-local-consume',
    actions: ['s3:PutObject'],
    resource: '*/aws/lambda/*',
    reason: 'Lambda writes there what has failed for days; event-sources.connected.test.ts shows it',
  },
  {
    roles: 'weir-ingest-stream-local-sweep',
    actions: [
      ...['dynamodb:BatchGetItem', 'dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate', 'dynamodb:PutItem'],
      ...['dynamodb:UpdateItem', 'kms:GenerateDataKey'],
      ...['s3:DeleteObject', 's3:GetObject', 's3:ListBucket', 's3:PutObject'],
    ],
    reason: 'folds the logs of shards that have been quiet for long, and rewrites hours that are closed for long',
    sometimes: true,
  },
];
