import type { Account, DeployedStack, FoundResource, NamedResource, NamedType } from '../account/account.ts';
import type { Template, TemplateResource } from '../account/template.ts';

/** The property that names a resource of a type. */
const NAME_PROPERTIES: Readonly<Record<NamedType, string>> = {
  'AWS::DynamoDB::Table': 'TableName',
  'AWS::Kinesis::Stream': 'Name',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::SecretsManager::Secret': 'Name',
};

/** A resource that exists already, and that the stack would make. */
export interface Remains extends NamedResource, FoundResource {
  readonly logicalId: string;
}

/**
 * Finds what a template would make anew although its name is taken: resources that an earlier stack of the stage left
 * behind.
 */
export async function findRemains(
  account: Account,
  template: Template,
  stack: DeployedStack | undefined,
): Promise<Remains[]> {
  const missing = Object.entries(template.Resources).filter(([id]) => !stack?.physicalIds.has(id));
  const found = await Promise.all(
    missing.map(async ([logicalId, resource]) => {
      const named = namedResource(resource, account);
      const there = named && (await account.find(named));
      return named && there ? [{ logicalId, ...named, ...there }] : [];
    }),
  );
  return found.flat();
}

function namedResource({ Type, Properties = {} }: TemplateResource, account: Account): NamedResource | undefined {
  if (!isNamedType(Type)) return undefined;
  const name = resolveName(Properties[NAME_PROPERTIES[Type]], account);
  return name === undefined ? undefined : { type: Type, name };
}

function isNamedType(type: string): type is NamedType {
  return type in NAME_PROPERTIES;
}

/** A name is a text, or a text with the account or the region in it. */
function resolveName(value: unknown, { accountId, region }: Account): string | undefined {
  const text = typeof value === 'object' && value !== null ? (value as { 'Fn::Sub'?: unknown })['Fn::Sub'] : value;
  if (typeof text !== 'string') return undefined;
  const name = text.replaceAll(`\${AWS::AccountId}`, accountId).replaceAll(`\${AWS::Region}`, region);
  return name.includes(`\${`) ? undefined : name;
}
