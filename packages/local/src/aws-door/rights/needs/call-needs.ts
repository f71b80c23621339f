import type { AwsCall } from '../../../aws-calls/aws-call.ts';
import { ACCOUNT_ID } from '../../../registration/template-values.ts';
import { SECRET_SUFFIX, type TemplateFacts } from '../facts/template-facts.ts';
import type { Need } from '../policy/policy.ts';
import { addressedNeeds } from './addressed-needs.ts';
import { dynamodbNeeds } from './dynamodb-needs.ts';

type Json = Readonly<Record<string, unknown>>;

/** What the calls of a service need, if each call needs one permission. */
interface Service {
  readonly prefix: string;
  /** IAM's names of the calls' permissions. */
  readonly actions: Readonly<Record<string, string>>;
  /** The ARNs that a call names; undefined for one that it does not name. */
  readonly arns: (call: AwsCall, json: Json, facts: TemplateFacts) => readonly (string | undefined)[];
}

/** These actions take no resource. */
const any = () => ['*'];

const SERVICES: Readonly<Record<string, Service>> = {
  kinesis: {
    prefix: 'kinesis',
    actions: {
      ...names('PutRecord', 'PutRecords', 'DescribeStream', 'DescribeStreamSummary', 'ListShards'),
      ...names('GetShardIterator', 'GetRecords'),
    },
    // A next page of shards, and an iterator, do not name the stream.
    arns: (call) => [call.resource && `${account('kinesis', call)}stream/${call.resource}`],
  },
  'streams.dynamodb': {
    prefix: 'dynamodb',
    actions: names('DescribeStream', 'GetShardIterator', 'GetRecords'),
    arns: (call, { StreamArn, ShardIterator }) => [tableStream(call, String(StreamArn ?? ShardIterator))],
  },
  secretsmanager: {
    prefix: 'secretsmanager',
    actions: names('GetSecretValue', 'DescribeSecret', 'PutSecretValue', 'UpdateSecretVersionStage', 'RotateSecret'),
    arns: (call, { SecretId }, facts) => [
      `${account('secretsmanager', call)}secret:${secretName(String(SecretId), facts)}`,
    ],
  },
  ssm: {
    prefix: 'ssm',
    actions: names('GetParameter', 'GetParameters', 'GetParametersByPath', 'PutParameter', 'DeleteParameter'),
    arns: (call, { Name, Path, Names }) =>
      [Names ?? Name ?? Path].flat().map((name) => `${account('ssm', call)}parameter/${parameterName(String(name))}`),
  },
  states: {
    prefix: 'states',
    actions: {
      ...names('StartExecution', 'ListExecutions', 'DescribeExecution', 'StopExecution', 'DescribeStateMachine'),
      ...names('GetExecutionHistory'),
    },
    arns: (_call, { stateMachineArn, executionArn }) => [String(stateMachineArn ?? executionArn)],
  },
  sqs: {
    prefix: 'sqs',
    actions: {
      ...names('SendMessage', 'ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility'),
      ...names('GetQueueAttributes', 'SetQueueAttributes', 'GetQueueUrl', 'PurgeQueue', 'ListDeadLetterSourceQueues'),
      SendMessageBatch: 'SendMessage',
      DeleteMessageBatch: 'DeleteMessage',
      ChangeMessageVisibilityBatch: 'ChangeMessageVisibility',
    },
    arns: (call) => [`${account('sqs', call)}${call.resource}`],
  },
  sns: {
    prefix: 'sns',
    actions: {
      ...names('Publish', 'Subscribe', 'GetTopicAttributes', 'ListSubscriptionsByTopic'),
      PublishBatch: 'Publish',
    },
    arns: (call) => [`${account('sns', call)}${call.resource}`],
  },
  lambda: {
    prefix: 'lambda',
    actions: { Invoke: 'InvokeFunction' },
    arns: (call) => [`${account('lambda', call)}function:${call.resource}`],
  },
  events: {
    prefix: 'events',
    actions: names('PutEvents'),
    arns: (call, { Entries }) => [
      ...new Set(((Entries ?? []) as readonly Json[]).map(({ EventBusName }) => busArn(call, EventBusName))),
    ],
  },
  kms: {
    prefix: 'kms',
    actions: names('Decrypt', 'DescribeKey', 'Encrypt', 'GenerateDataKey'),
    // To decrypt, a call need not name the key.
    arns: (call, { KeyId }, { keyArn }) => [KeyId === undefined ? undefined : keyArn(String(KeyId), call.region)],
  },
  monitoring: { prefix: 'cloudwatch', actions: names('PutMetricData'), arns: any },
  logs: {
    prefix: 'logs',
    actions: names('CreateLogStream', 'PutLogEvents'),
    arns: (call, { logGroupName, logStreamName }) => [
      `${account('logs', call)}log-group:${logGroupName}:log-stream:${logStreamName}`,
    ],
  },
  xray: {
    prefix: 'xray',
    actions: { 'POST /TraceSegments': 'PutTraceSegments', 'POST /TelemetryRecords': 'PutTelemetryRecords' },
    arns: any,
  },
};

/** Everybody may make these calls. */
const FREE = new Set(['sts:GetCallerIdentity']);

/** What a call of any service but S3 needs; undefined if it is not known. */
export function callNeeds(call: AwsCall, json: Json, facts: TemplateFacts): readonly Need[] | undefined {
  if (call.service === 'dynamodb') return dynamodbNeeds(call.action, json, `${account('dynamodb', call)}table/`);
  if (FREE.has(`${call.service}:${call.action}`)) return [];
  const service = SERVICES[call.service];
  const action = service?.actions[call.action];
  if (service === undefined || action === undefined) return addressedNeeds(call, json, facts);
  return service.arns(call, json, facts).map((resource) => ({ action: `${service.prefix}:${action}`, resource }));
}

/** The calls of the table, by service and action. */
export function knownCalls(): readonly (readonly [service: string, action: string])[] {
  return Object.entries(SERVICES).flatMap(([service, { actions }]) =>
    Object.keys(actions).map((action) => [service, action] as const),
  );
}

function names(...actions: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(actions.map((action) => [action, action]));
}

function account(service: string, { region }: AwsCall): string {
  return `arn:aws:${service}:${region}:${ACCOUNT_ID}:`;
}

/** The emulators have regions and labels of their own; a template's reference to a stream has the label `local`. */
function tableStream(call: AwsCall, text: string): string | undefined {
  const table = /:table\/([\w.-]+)\/stream\//.exec(text)?.[1];
  return table && `${account('dynamodb', call)}table/${table}/stream/local`;
}

/** A secret is called by its name, or by its ARN with or without the suffix. */
function secretName(id: string, { secrets }: TemplateFacts): string {
  const name = id.startsWith('arn:') ? (id.split(':secret:')[1] ?? '') : id;
  const isWhole = !secrets.has(name) && secrets.has(name.replace(/-\w{6}$/, ''));
  return `${isWhole ? name.slice(0, -SECRET_SUFFIX.length) : name}${SECRET_SUFFIX}`;
}

function parameterName(name: string): string {
  return name.replace(/^arn:.*:parameter/, '').replace(/^\//, '');
}

function busArn(call: AwsCall, bus: unknown): string {
  const name = String(bus ?? 'default');
  return name.startsWith('arn:') ? name : `${account('events', call)}event-bus/${name}`;
}
