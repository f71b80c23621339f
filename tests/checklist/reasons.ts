/** Resources that the stage's key does not encrypt, by logical id, with the reason. */
export const UNENCRYPTED: Readonly<Record<string, string>> = {
  ServerlessDeploymentBucket: 'holds packages and templates, no data; the framework makes it before there is a key',
};

/** A grant with a wildcard, and why it needs one. */
export interface WildcardReason {
  /** The whole action. */
  readonly actions: readonly string[];
  /** The whole resource in the template's words; `*` is any text. */
  readonly resource: string;
  readonly reason: string;
}

/** Each is a finding itself once no role has such a grant. */
export const WILDCARDS: readonly WildcardReason[] = [
  {
    actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'],
    resource: '*',
    reason: 'these actions take no resource',
  },
  {
    actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    resource: 'log-group:/aws/lambda/weir-*-<stage>-*:*:*',
    reason: "the streams of the function's own log group; Lambda names them",
  },
  {
    actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'],
    resource: 'weir-<stage>-*-<account>/?*/*',
    reason: 'the objects below one prefix of a bucket',
  },
  {
    actions: ['execute-api:ManageConnections'],
    resource: '<WebsocketsApi>/<stage>/?*/@connections/*',
    reason: 'clients open the connections',
  },
  {
    actions: ['secretsmanager:GetSecretValue'],
    resource: 'secret:weir-<stage>-bootstrap-key-*',
    reason: 'Secrets Manager ends the ARN with six characters, and another service declares the secret',
  },
  {
    actions: ['ses:SendEmail'],
    resource: 'identity/*',
    reason: 'in its sandbox SES asks for the identity of the receiver too; a condition names the sender',
  },
  {
    actions: ['states:DescribeExecution', 'states:GetExecutionHistory'],
    resource: 'execution:weir-<stage>-audits:*',
    reason: 'the executions of one state machine',
  },
  {
    actions: ['dynamodb:DescribeBackup', 'dynamodb:DeleteBackup'],
    resource: 'table/weir-<stage>-*/backup/*',
    reason: 'DynamoDB names the backups',
  },
  {
    actions: ['codedeploy:GetDeployment', 'codedeploy:PutLifecycleEventHookExecutionStatus'],
    resource: 'deploymentgroup:weir-api-<stage>/*',
    reason: "the deployment groups of the stage's own functions",
  },
  {
    actions: ['lambda:InvokeFunction'],
    resource: 'function:weir-api-<stage>-?*:*',
    reason: 'the versions of one function, which Lambda numbers',
  },
  {
    actions: ['cloudwatch:DescribeAlarms'],
    resource: 'alarm:*',
    reason: 'CodeDeploy reads the alarms of its deployment groups, whose names CloudFormation makes up',
  },
];

/** Secrets that no function rotates, by logical id, with the reason. */
export const UNROTATED: Readonly<Record<string, string>> = {
  CursorSecret: 'it signs cursors and gives no access; a new value would end the lists that callers are reading',
};

/** The files that call Secrets Manager, and how each caches what it reads. */
export const SECRET_READERS: Readonly<Record<string, string>> = {
  'packages/config/src/secrets.ts': 'keeps a value for ttlMs, which each caller names',
  'packages/keys/src/aws/secret-versions.ts': 'is read by packages/keys/src/bootstrap, which keeps the keys for ttlMs',
  'services/api/src/aws/rotated-secret.ts': 'rotates the secret: it must see what is there now',
  'services/api/src/handlers/rotate.ts': 'wires the rotation',
};
