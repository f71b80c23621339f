import { isOfStack } from './references.ts';
import { RESOURCE_TYPES } from './resource-types.ts';
import type { Resource } from './template.ts';

/**
 * What no two resources may have in common: the type, and the properties that say which thing it is. Undefined where AWS
 * makes up a name.
 */
export function identityOf({ Type, Properties = {} }: Resource): string | undefined {
  const key = RESOURCE_TYPES[Type]?.key;
  if (key === undefined || Properties[key[0] ?? ''] === undefined) return undefined;
  return JSON.stringify([Type, ...key.map((name) => Properties[name] ?? null)]);
}

/** The same, where it says the same in every stack of an account and region. */
export function accountIdentityOf(resource: Resource): string | undefined {
  const key = RESOURCE_TYPES[resource.Type]?.key ?? [];
  return key.some((name) => isOfStack(resource.Properties?.[name])) ? undefined : identityOf(resource);
}

/** The name by which other stacks compute where a resource is; undefined if they cannot. */
export function nameOf({ Type, Properties = {} }: Resource): string | undefined {
  const { key = [], name = key[0] ?? '' } = RESOURCE_TYPES[Type] ?? {};
  const value = Properties[name];
  const text = typeof value === 'string' ? value : (value as { 'Fn::Sub'?: unknown } | undefined)?.['Fn::Sub'];
  const isOnlyHere = [name, ...key].some((one) => isOfStack(Properties[one]));
  return typeof text === 'string' && !isOnlyHere ? text : undefined;
}

/** Whether CloudFormation leaves a resource where it is when its stack, or its place in it, goes. */
export function isKept(policy = 'Delete'): boolean {
  return policy.startsWith('Retain');
}
