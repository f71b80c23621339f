import type { Properties, Resource, Template } from './template.ts';

export interface NamedService {
  readonly name: string;
  readonly template: Pick<Template, 'Resources'>;
}

interface NameLimit {
  /** The property with the name. */
  readonly property: string;
  readonly most: number;
  /** The characters that it may have, if there are others that a name here could have. */
  readonly pattern?: RegExp;
}

/** What AWS documents for the names that we give. */
const LIMITS: Readonly<Record<string, NameLimit>> = {
  'AWS::ApiGateway::RestApi': { property: 'Name', most: 1024 },
  'AWS::ApiGateway::Stage': { property: 'StageName', most: 128, pattern: /^[\w-]+$/ },
  'AWS::ApiGatewayV2::Api': { property: 'Name', most: 128 },
  'AWS::ApiGatewayV2::Stage': { property: 'StageName', most: 128, pattern: /^[\w-]+$/ },
  'AWS::Backup::BackupVault': { property: 'BackupVaultName', most: 50, pattern: /^[\w-]{2,}$/ },
  'AWS::CloudWatch::Alarm': { property: 'AlarmName', most: 255 },
  'AWS::CloudWatch::CompositeAlarm': { property: 'AlarmName', most: 255 },
  'AWS::CloudWatch::Dashboard': { property: 'DashboardName', most: 255, pattern: /^[\w-]+$/ },
  'AWS::CodeDeploy::Application': { property: 'ApplicationName', most: 100 },
  'AWS::CodeDeploy::DeploymentGroup': { property: 'DeploymentGroupName', most: 100 },
  'AWS::DynamoDB::Table': { property: 'TableName', most: 255, pattern: /^[\w.-]{3,}$/ },
  'AWS::Events::Rule': { property: 'Name', most: 64, pattern: /^[\w.-]+$/ },
  'AWS::IAM::Role': { property: 'RoleName', most: 64, pattern: /^[\w+=,.@-]+$/ },
  'AWS::KMS::Alias': { property: 'AliasName', most: 256, pattern: /^alias\/[\w/-]+$/ },
  'AWS::Kinesis::Stream': { property: 'Name', most: 128, pattern: /^[\w.-]+$/ },
  'AWS::Lambda::Function': { property: 'FunctionName', most: 64, pattern: /^[\w-]+$/ },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', most: 512, pattern: /^[\w./#-]+$/ },
  'AWS::S3::Bucket': { property: 'BucketName', most: 63, pattern: /^[a-z0-9][a-z0-9-]+[a-z0-9]$/ },
  'AWS::SES::ConfigurationSet': { property: 'Name', most: 64, pattern: /^[\w-]+$/ },
  'AWS::SNS::Topic': { property: 'TopicName', most: 256, pattern: /^[\w-]+$/ },
  'AWS::SQS::Queue': { property: 'QueueName', most: 80, pattern: /^[\w-]+$/ },
  // 1,011 with the ARN before it, which has 60 at most.
  'AWS::SSM::Parameter': { property: 'Name', most: 951, pattern: /^[\w./-]+$/ },
  // At the end of its ARN, Secrets Manager adds a dash and six characters to these.
  'AWS::SecretsManager::Secret': { property: 'Name', most: 512, pattern: /^[\w/+=.@-]+$/ },
  'AWS::StepFunctions::StateMachine': { property: 'StateMachineName', most: 80, pattern: /^[\w-]+$/ },
};

/** Ids of 12 digits, and the longest name of a region. */
const PSEUDO: Readonly<Record<string, string>> = {
  'AWS::AccountId': '123456789012',
  'AWS::Region': 'ap-northeast-1',
  'AWS::Partition': 'aws-us-gov',
};
/** CloudFormation's limit for the names of stacks. */
const MOST_OF_STACK = 128;
/** The end of a stack's id, of which a part may be in a name. */
const ID_PART = '0123456789ab';

/**
 * One sentence for each name in a service's template that AWS would refuse, and for each name with the stage's in it of
 * which the limit is not known here.
 */
export function checkNames({ name, template }: NamedService, stage: string): readonly string[] {
  const problems = Object.entries(template.Resources).flatMap(([id, resource]) =>
    nameProblems(resource, stage).map((problem) => `${id}: ${problem}`),
  );
  const stack = `weir-${name}-${stage}`;
  return stack.length > MOST_OF_STACK ? [...problems, `${stack} is longer than ${MOST_OF_STACK}`] : problems;
}

function nameProblems({ Type, Properties = {} }: Resource, stage: string): string[] {
  const limit = LIMITS[Type];
  if (limit === undefined) return unknownLimits(Type, Properties, stage);
  const given = Properties[limit.property];
  // CloudFormation makes a name that fits.
  if (given === undefined) return [];
  const name = resolveName(given);
  if (name === undefined) return [`${limit.property} cannot be computed: ${JSON.stringify(given)}`];
  return [
    ...(name.length > limit.most ? [`${name} has ${name.length} characters, and may have ${limit.most}`] : []),
    ...(limit.pattern?.test(name) === false ? [`${name} has characters that ${Type} does not take`] : []),
  ];
}

function unknownLimits(type: string, properties: Properties, stage: string): string[] {
  const named = Object.entries(properties).filter(([property, value]) => {
    return property.endsWith('Name') && resolveName(value)?.includes(stage);
  });
  return named.map(([property]) => `how long may ${property} of ${type} be?`);
}

/** A name as it would be in an account, with the longest values that only AWS knows; undefined if it is none. */
function resolveName(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::Sub': sub, 'Fn::Join': join } = (value ?? {}) as Record<string, unknown>;
  if (typeof Ref === 'string') return PSEUDO[Ref];
  if (Array.isArray(join)) return (join[1] as unknown[]).map((part) => resolveName(part) ?? ID_PART).join(join[0]);
  if (sub === undefined) return undefined;
  const [text, values] = (Array.isArray(sub) ? sub : [sub, {}]) as [string, Record<string, unknown>];
  return text.replaceAll(/\$\{([^}]+)\}/g, (_, key: string) => PSEUDO[key] ?? resolveName(values[key]) ?? ID_PART);
}
