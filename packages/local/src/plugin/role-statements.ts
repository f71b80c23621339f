import type { PolicyStatement } from '../registration/service-registration.ts';
import type { ServerlessFunction, ServerlessService } from './serverless-instance.ts';

/**
 * All statements of a function's role: its own, those of the provider, and those that the framework and
 * serverless-iam-roles-per-function add for its events. undefined if the role is not in this service's template.
 */
export function roleStatements(service: ServerlessService, key: string): readonly PolicyStatement[] | undefined {
  const definition = service.getFunction(key);
  if (definition.iamRoleStatements !== undefined) return ownRole(definition, service);
  if (definition.role !== undefined || hasRoleElsewhere(service)) return undefined;
  return sharedRole(service);
}

function ownRole(definition: ServerlessFunction, service: ServerlessService): readonly PolicyStatement[] {
  const { iamRoleStatements = [], iamRoleStatementsInherit: inherits, onError } = definition;
  const settings = service.custom?.[PLUGIN] as { readonly defaultInherit?: boolean } | undefined;
  return [
    ...ofEveryFunction(definition),
    ...sources(definition),
    ...(onError === undefined ? [] : [allow(['sns:Publish'], [onError])]),
    ...((inherits ?? settings?.defaultInherit) ? providerStatements(service) : []),
    ...iamRoleStatements,
  ];
}

const PLUGIN = 'serverless-iam-roles-per-function';

/** The framework makes one role for all functions that have none of their own. */
function sharedRole(service: ServerlessService): readonly PolicyStatement[] {
  const functions = service
    .getAllFunctions()
    .map((key) => service.getFunction(key))
    .filter(({ role, iamRoleStatements }) => role === undefined && iamRoleStatements === undefined);
  return [
    ...functions.flatMap((definition) => [
      ...ofEveryFunction(definition),
      ...sources(definition),
      ...destinations(definition),
      ...schedules(definition),
      ...connections(definition),
    ]),
    ...providerStatements(service),
  ];
}

function providerStatements({ provider }: ServerlessService): readonly PolicyStatement[] {
  const role = provider.iam === undefined ? { statements: provider.iamRoleStatements } : provider.iam.role;
  return (role as { readonly statements?: readonly PolicyStatement[] } | undefined)?.statements ?? [];
}

/** The permissions of a role by its ARN, and of managed policies, are not in the service's own settings. */
function hasRoleElsewhere({ provider }: ServerlessService): boolean {
  const { role, iam, iamManagedPolicies } = provider;
  if (role !== undefined || iamManagedPolicies !== undefined) return true;
  const given = iam?.role;
  if (given === undefined || given === null) return false;
  if (typeof given !== 'object') return true;
  return Object.keys(given).some((name) => name === 'managedPolicies' || name === 'Ref' || name.startsWith('Fn::'));
}

function ofEveryFunction({ name }: ServerlessFunction): readonly PolicyStatement[] {
  const group = `arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:log-group:/aws/lambda/${name}:*`;
  return [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [{ 'Fn::Sub': group }])];
}

/** What a function may read is granted with its events. */
const SOURCES: Readonly<Record<string, readonly string[]>> = {
  dynamodb: ['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream', 'dynamodb:ListStreams'],
  kinesis: ['kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:DescribeStream', 'kinesis:ListStreams'],
  sqs: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
};

interface Source {
  readonly type?: string;
  readonly arn?: unknown;
  readonly destinations?: { readonly onFailure?: unknown };
}

function sources({ events = [] }: ServerlessFunction): readonly PolicyStatement[] {
  return events.flatMap(({ stream, sqs }) => {
    const given = (stream ?? sqs) as Source | string | undefined | null;
    if (given === undefined || given === null) return [];
    const { arn, type } = typeof given === 'string' ? ({ arn: given } as Source) : given;
    const service = stream === undefined ? 'sqs' : (type ?? String(arn).split(':')[2] ?? '');
    return [allow(SOURCES[service] ?? [], [arn])];
  });
}

function destinations(definition: ServerlessFunction): readonly PolicyStatement[] {
  const { events = [], destinations: own, onError } = definition;
  const ofStreams = events.map(({ stream }) => (stream as Source | undefined)?.destinations?.onFailure);
  const given = [own?.onFailure, own?.onSuccess, ...ofStreams].filter((one) => one !== undefined);
  return [
    ...given.map((destination) => allow([sendAction(destination)], [arnOf(destination)])),
    ...(typeof onError === 'string' ? [allow(['sns:Publish'], [onError])] : []),
  ];
}

function sendAction(destination: unknown): string {
  const { type } = destination as { readonly type?: string };
  const service = type ?? String(arnOf(destination)).split(':')[2];
  return service === 'sns' ? 'sns:Publish' : 'sqs:SendMessage';
}

function arnOf(destination: unknown): unknown {
  return typeof destination === 'string' ? destination : (destination as { readonly arn?: unknown }).arn;
}

/** With method: scheduler, Scheduler invokes the function in the name of its own role. */
function schedules({ name, events = [] }: ServerlessFunction): readonly PolicyStatement[] {
  const isScheduled = events.some(({ schedule }) => (schedule as Schedule | undefined)?.method === 'scheduler');
  const arn = `arn:\${AWS::Partition}:lambda:\${AWS::Region}:\${AWS::AccountId}:function:${name}`;
  return isScheduled ? [allow(['lambda:InvokeFunction'], [{ 'Fn::Sub': arn }])] : [];
}

interface Schedule {
  readonly method?: string;
}

function connections({ events = [] }: ServerlessFunction): readonly PolicyStatement[] {
  const arn = `arn:\${AWS::Partition}:execute-api:*:*:*/@connections/*`;
  const hasSocket = events.some((event) => 'websocket' in event);
  return hasSocket ? [allow(['execute-api:ManageConnections'], [{ 'Fn::Sub': arn }])] : [];
}

function allow(Action: readonly string[], Resource: readonly unknown[]): PolicyStatement {
  return { Effect: 'Allow', Action, Resource };
}
