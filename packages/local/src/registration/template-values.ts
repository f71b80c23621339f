import type { TemplateResource } from './service-registration.ts';

/** The account to which everything local belongs. */
export const ACCOUNT_ID = '000000000000';

/** The values with which a template's intrinsic functions are resolved. */
export interface TemplateScope {
  readonly resources: Readonly<Record<string, TemplateResource>>;
  readonly region: string;
  /** The functions for which the framework makes resources, by their keys. */
  readonly functions?: Readonly<Record<string, { readonly name: string }>>;
  /** The values of the template's own parameters, by their logical ids. */
  readonly parameterValues?: Readonly<Record<string, string>>;
  /** Where queue URLs point. */
  readonly awsUrl: string;
}

type Properties = Readonly<Record<string, unknown>>;

/** The name, `Ref` and ARN that a resource has once it exists. */
export interface PhysicalResource {
  readonly name: string;
  readonly ref: string;
  readonly arn: string;
}

/** Resolves `Ref`, `Fn::GetAtt`, `Fn::Sub`, `Fn::Join`, `Fn::Select` and `Fn::Split`; others stay as they are. */
export function resolveValue(value: unknown, scope: TemplateScope): unknown {
  if (Array.isArray(value)) return value.map((element) => resolveValue(element, scope));
  if (typeof value !== 'object' || value === null) return value;
  const [[name, argument] = ['', undefined], ...others] = Object.entries(value);
  const intrinsic = others.length === 0 ? intrinsics[name] : undefined;
  if (intrinsic !== undefined) return intrinsic(argument, scope);
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, resolveValue(inner, scope)]));
}

/** Resolves the properties of a resource. */
export function resolveProperties(resource: TemplateResource, scope: TemplateScope): Properties {
  return resolveValue(resource.Properties ?? {}, scope) as Properties;
}

/** Name, `Ref` and ARN of a resource of the template, by its type. */
export function physicalResource(logicalId: string, scope: TemplateScope): PhysicalResource {
  const resource = scope.resources[logicalId] ?? functionResource(logicalId, scope);
  const type = resource?.Type ?? '';
  const nameProperty = NAME_PROPERTIES[type];
  const given = nameProperty === undefined ? undefined : resource?.Properties?.[nameProperty];
  const name = given === undefined ? logicalId : String(resolveValue(given, scope));
  const arn = arnOf(type, name, scope.region);
  return { name, arn, ref: refOf(type, { name, arn }, scope) };
}

/** The function that the framework gives this logical id. */
function functionResource(logicalId: string, { functions = {} }: TemplateScope): TemplateResource | undefined {
  const found = Object.entries(functions).find(([key]) => logicalId === functionLogicalId(key));
  return found && { Type: 'AWS::Lambda::Function', Properties: { FunctionName: found[1].name } };
}

function functionLogicalId(key: string): string {
  const name = key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}LambdaFunction`;
}

const NAME_PROPERTIES: Readonly<Record<string, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SecretsManager::Secret': 'Name',
  'AWS::SSM::Parameter': 'Name',
  'AWS::Lambda::Function': 'FunctionName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::IAM::Role': 'RoleName',
};

function arnOf(type: string, name: string, region: string): string {
  const account = `${region}:${ACCOUNT_ID}`;
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return `arn:aws:dynamodb:${account}:table/${name}`;
    case 'AWS::Kinesis::Stream':
      return `arn:aws:kinesis:${account}:stream/${name}`;
    case 'AWS::S3::Bucket':
      return `arn:aws:s3:::${name}`;
    case 'AWS::SecretsManager::Secret':
      return `arn:aws:secretsmanager:${account}:secret:${name}`;
    case 'AWS::SSM::Parameter':
      return `arn:aws:ssm:${account}:parameter/${name.replace(/^\//, '')}`;
    case 'AWS::Lambda::Function':
      return `arn:aws:lambda:${account}:function:${name}`;
    case 'AWS::StepFunctions::StateMachine':
      return `arn:aws:states:${account}:stateMachine:${name}`;
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${ACCOUNT_ID}:role/${name}`;
    case 'AWS::KMS::Key':
      return `arn:aws:kms:${account}:key/${name}`;
    default: {
      const service = type.split('::')[1]?.toLowerCase() ?? 'local';
      return `arn:aws:${service}:${account}:${name}`;
    }
  }
}

function refOf(
  type: string,
  { name, arn }: { readonly name: string; readonly arn: string },
  scope: TemplateScope,
): string {
  if (type === 'AWS::SQS::Queue') return `${scope.awsUrl}/${ACCOUNT_ID}/${name}`;
  return REF_IS_ARN.has(type) ? arn : name;
}

/** Types whose `Ref` is the ARN. */
const REF_IS_ARN = new Set(['AWS::SNS::Topic', 'AWS::SecretsManager::Secret', 'AWS::StepFunctions::StateMachine']);

type Intrinsic = (argument: unknown, scope: TemplateScope) => unknown;

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => reference(String(argument), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [logicalId = '', attribute = ''] = Array.isArray(argument)
      ? argument.map(String)
      : String(argument).split('.');
    return attributeOf(logicalId, attribute, scope);
  },
  'Fn::Sub': (argument, scope) => substitute(argument, scope),
  'Fn::Join': (argument, scope) => {
    const [separator, list] = resolveValue(argument, scope) as [string, readonly unknown[]];
    return list.join(separator);
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = resolveValue(argument, scope) as [number, readonly unknown[]];
    return list[Number(index)];
  },
  'Fn::Split': (argument, scope) => {
    const [separator, text] = resolveValue(argument, scope) as [string, string];
    return text.split(separator);
  },
};

function reference(name: string, scope: TemplateScope): unknown {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::Region': scope.region,
    'AWS::AccountId': ACCOUNT_ID,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': 'local',
    'AWS::StackId': `arn:aws:cloudformation:${scope.region}:${ACCOUNT_ID}:stack/local/00000000-0000-0000-0000-000000000000`,
  };
  return pseudo[name] ?? scope.parameterValues?.[name] ?? physicalResource(name, scope).ref;
}

function attributeOf(logicalId: string, attribute: string, scope: TemplateScope): string {
  const { arn, name } = physicalResource(logicalId, scope);
  if (attribute.endsWith('Name')) return name;
  return attribute === 'StreamArn' ? `${arn}/stream/local` : arn;
}

function substitute(argument: unknown, scope: TemplateScope): string {
  const [text, given] = Array.isArray(argument) ? argument : [argument, {}];
  const values = resolveValue(given, scope) as Readonly<Record<string, unknown>>;
  return String(text)
    .replace(/\$\{([^!}][^}]*)\}/g, (_match, name: string) => {
      if (values[name] !== undefined) return String(values[name]);
      const [logicalId = '', attribute] = name.trim().split('.');
      return attribute === undefined ? String(reference(logicalId, scope)) : attributeOf(logicalId, attribute, scope);
    })
    .replaceAll('${!', '${');
}
