import type { AwsCall } from '../../aws-calls/aws-call.ts';
import { ACCOUNT_ID } from '../../registration/template-values.ts';
import { dynamodbNeeds } from './dynamodb-needs.ts';
import type { Need } from './policy.ts';

type Json = Readonly<Record<string, unknown>>;

/** The six characters that Secrets Manager adds to a secret's ARN. */
export const SECRET_SUFFIX = '-local0';

/** What the actions of a service need, if it is a permission of one name on the resource that the call names. */
interface Service {
  readonly prefix: string;
  /** IAM's name of an action whose permission has another name. */
  readonly actions: Readonly<Record<string, string>>;
  readonly arn: (call: AwsCall, json: Json) => string | undefined;
}

/** The actions take no resource. */
const any = () => '*';

const SERVICES: Readonly<Record<string, Service>> = {
  kinesis: {
    prefix: 'kinesis',
    actions: names('PutRecord', 'PutRecords', 'DescribeStream', 'DescribeStreamSummary', 'ListShards'),
    // A next page of shards does not name the stream.
    arn: (call) => call.resource && `${account('kinesis', call)}stream/${call.resource}`,
  },
  secretsmanager: {
    prefix: 'secretsmanager',
    actions: names('GetSecretValue', 'DescribeSecret'),
    arn: (call, { SecretId }) => `${account('secretsmanager', call)}secret:${secretName(String(SecretId))}`,
  },
  ssm: {
    prefix: 'ssm',
    actions: names('GetParameter', 'GetParametersByPath'),
    arn: (call, { Name, Path }) => `${account('ssm', call)}parameter/${parameterName(String(Name ?? Path))}`,
  },
  states: {
    prefix: 'states',
    actions: names('StartExecution', 'ListExecutions', 'DescribeExecution', 'StopExecution'),
    arn: (_call, { stateMachineArn, executionArn }) => String(stateMachineArn ?? executionArn),
  },
  sqs: {
    prefix: 'sqs',
    actions: {
      ...names('SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'),
      ...names('GetQueueAttributes', 'GetQueueUrl'),
      SendMessageBatch: 'SendMessage',
      DeleteMessageBatch: 'DeleteMessage',
      ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
    },
    arn: (call) => `${account('sqs', call)}${call.resource}`,
  },
  lambda: {
    prefix: 'lambda',
    actions: { Invoke: 'InvokeFunction' },
    arn: (call) => `${account('lambda', call)}function:${call.resource}`,
  },
  sns: {
    prefix: 'sns',
    actions: { ...names('Publish'), PublishBatch: 'Publish' },
    arn: (call) => `${account('sns', call)}${call.resource}`,
  },
  // The door compares the actions alone: a call names neither the API nor the identity by its ARN.
  'execute-api': {
    prefix: 'execute-api',
    actions: {
      PostToConnection: 'ManageConnections',
      GetConnection: 'ManageConnections',
      DeleteConnection: 'ManageConnections',
    },
    arn: () => undefined,
  },
  ses: { prefix: 'ses', actions: { 'POST /v2/email/outbound-emails': 'SendEmail' }, arn: () => undefined },
  monitoring: { prefix: 'cloudwatch', actions: names('PutMetricData'), arn: any },
  logs: {
    prefix: 'logs',
    actions: names('CreateLogStream', 'PutLogEvents'),
    arn: (call, json) => `${account('logs', call)}log-group:${json.logGroupName}:log-stream:${json.logStreamName}`,
  },
  xray: {
    prefix: 'xray',
    actions: { 'POST /TraceSegments': 'PutTraceSegments', 'POST /TelemetryRecords': 'PutTelemetryRecords' },
    arn: any,
  },
};

/** What a call of any service but S3 needs; undefined if it is not known. */
export function callNeeds(call: AwsCall, json: Json = {}): readonly Need[] | undefined {
  if (call.service === 'dynamodb') return dynamodbNeeds(call.action, json, `${account('dynamodb', call)}table/`);
  // Keys are not held: nothing encrypts here.
  if (call.service === 'kms') return [];
  const service = SERVICES[call.service];
  const action = service?.actions[call.action];
  return service && action ? [{ action: `${service.prefix}:${action}`, resource: service.arn(call, json) }] : undefined;
}

function names(...actions: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(actions.map((action) => [action, action]));
}

function account(service: string, { region }: AwsCall): string {
  return `arn:aws:${service}:${region}:${ACCOUNT_ID}:`;
}

/** A secret is called by its name, or by its ARN with or without the suffix. */
function secretName(id: string): string {
  const name = id.startsWith('arn:') ? (id.split(':secret:')[1] ?? '') : id;
  return `${name}${SECRET_SUFFIX}`;
}

function parameterName(name: string): string {
  return name.replace(/^arn:.*:parameter/, '').replace(/^\//, '');
}
