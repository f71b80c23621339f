import type { Properties, Template } from '../../templates/template.ts';
import { isStageKey } from '../encryption/is-stage-key.ts';

export const THE_KEY = "the stage's key";

/** The name of a resource in its ARN, by its type. */
const NAMES: Readonly<Record<string, (properties: Properties) => unknown>> = {
  'AWS::DynamoDB::Table': ({ TableName }) => `table/${TableName}`,
  'AWS::Kinesis::Stream': ({ Name }) => `stream/${Name}`,
  'AWS::Lambda::Function': ({ FunctionName }) => `function:${FunctionName}`,
  'AWS::S3::Bucket': ({ BucketName }) => textOf(BucketName),
  'AWS::SNS::Topic': ({ TopicName }) => TopicName,
  'AWS::SQS::Queue': ({ QueueName }) => QueueName,
  'AWS::SecretsManager::Secret': ({ Name }) => `secret:${Name}`,
};

/** The resource of a statement in short: an ARN without what stands before its name. */
export function describeResource(value: unknown, template: Template): string {
  if (isStageKey(value, template)) return THE_KEY;
  const { Ref, 'Fn::GetAtt': getAtt } = (value ?? {}) as {
    readonly Ref?: string;
    readonly 'Fn::GetAtt'?: readonly [string, string];
  };
  if (Ref !== undefined) return describeId(Ref, template);
  if (getAtt !== undefined) return `${describeId(getAtt[0], template)}${getAtt[1] === 'StreamArn' ? '/stream' : ''}`;
  return textOf(value)
    .replaceAll(/\$\{(\w+)\.Arn\}/g, (_all, id) => describeId(id, template))
    .replaceAll(/\$\{(?:AWS::)?(\w+)\}/g, (_all, name) => (name === 'AccountId' ? '<account>' : `<${name}>`))
    .replace(/^arn:(?:[^:]*:){4}/, '');
}

function describeId(id: string, template: Template): string {
  const resource = template.Resources[id];
  const parameter = template.Parameters?.[id]?.Default;
  if (resource === undefined) return parameter === undefined ? `<${id}>` : `the ARN in ${parameter}`;
  return String(NAMES[resource.Type]?.(resource.Properties) ?? id).replaceAll(`\${AWS::AccountId}`, '<account>');
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null
    ? String((value as { readonly 'Fn::Sub'?: unknown })['Fn::Sub'])
    : String(value);
}
