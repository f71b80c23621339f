import type { DeployedStack } from '../account/account.ts';
import type { Template, TemplateResource } from '../account/template.ts';
import type { Remains } from './find-remains.ts';

/** The input of `aws cloudformation create-change-set --change-set-type IMPORT`. */
export interface TakeBack {
  readonly template: object;
  readonly resources: readonly ResourceToImport[];
}

/** In the form that CloudFormation expects. */
export interface ResourceToImport {
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly ResourceIdentifier: Readonly<Record<string, string>>;
}

/**
 * Makes the input that takes remains into a stack again: a template of the remains alone, beside what the stack has
 * already. Parts of a resource that need something which does not exist yet are left out, and come with the deployment
 * that follows. Undefined if the template has a key, and none of the remains shows which key encrypts them: with
 * another key they could not be read.
 */
export function takeBack(
  template: Template,
  stack: DeployedStack | undefined,
  remains: readonly Remains[],
): TakeBack | undefined {
  const keys = missingKeys(template, stack);
  const keyId = remains.find((found) => found.keyId !== undefined)?.keyId;
  if (keys.length > 0 && keyId === undefined) return undefined;
  const keysToImport = keys.map((id) => toImport('AWS::KMS::Key', id, { KeyId: keyId ?? '' }));
  const resources = [...remains.map((one) => toImport(one.type, one.logicalId, one.identifier)), ...keysToImport];
  return { template: importTemplate(template, stack?.template ?? { Resources: {} }, resources), resources };
}

/** A key has no name: the resources that it encrypts show which key it is. */
function missingKeys(template: Template, stack: DeployedStack | undefined): string[] {
  const ids = Object.keys(template.Resources).filter((id) => template.Resources[id]?.Type === 'AWS::KMS::Key');
  return ids.filter((id) => !stack?.physicalIds.has(id));
}

function toImport(
  ResourceType: string,
  LogicalResourceId: string,
  ResourceIdentifier: Readonly<Record<string, string>>,
): ResourceToImport {
  return { ResourceType, LogicalResourceId, ResourceIdentifier };
}

function importTemplate(template: Template, there: Template, resources: readonly ResourceToImport[]): Template {
  const taken = resources.map(({ LogicalResourceId }) => LogicalResourceId);
  const known = new Set([...taken, ...Object.keys(there.Resources)]);
  const unknown = Object.keys(template.Resources).filter((id) => !known.has(id));
  const Resources = Object.fromEntries(taken.map((id) => [id, reduced(template.Resources[id], unknown)]));
  const Parameters = { ...there.Parameters, ...template.Parameters };
  return { ...there, Parameters, Resources: { ...there.Resources, ...Resources } };
}

/** All of them are retained: no failed import takes data along. */
function reduced(resource: TemplateResource | undefined, unknown: readonly string[]): TemplateResource {
  const properties = Object.entries(resource?.Properties ?? {}).filter(([, value]) => !mentions(value, unknown));
  return {
    Type: resource?.Type ?? '',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: Object.fromEntries(properties),
  };
}

function mentions(value: unknown, ids: readonly string[]): boolean {
  const text = JSON.stringify(value);
  return ids.some((id) => text.includes(`"${id}"`) || text.includes(`\${${id}}`) || text.includes(`\${${id}.`));
}
