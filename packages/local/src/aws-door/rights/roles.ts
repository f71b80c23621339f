import { callerName } from '../../registration/caller-name.ts';
import { physicalResource, resolveValue } from '../../registration/template-values.ts';
import type { ScopedService } from './facts/template-facts.ts';
import { type Policy, readPolicy } from './policy/policy.ts';

/** A role, and what it is called in messages. */
export interface Role {
  readonly name: string;
  /** undefined if it is not known: then the role is not held. */
  readonly policy: Policy | undefined;
}

/**
 * The roles of a service: of its functions by the keys with which they sign, and those of its template by their ARNs.
 * Throws if a role has something that the local AWS does not know.
 */
export function rolesOf(service: ScopedService): readonly (readonly [string, Role])[] {
  return [...functionRoles(service), ...templateRoles(service)];
}

function functionRoles({ registration, scope }: ScopedService): readonly (readonly [string, Role])[] {
  return Object.entries(registration.functions).map(([key, { name, statements }]) => {
    const policy = statements === undefined ? undefined : read(name, resolveValue(statements, scope));
    return [callerName(registration.name, key), { name, policy }];
  });
}

interface RolePolicy {
  readonly PolicyDocument: { readonly Statement: unknown };
}

function templateRoles({ registration, scope }: ScopedService): readonly (readonly [string, Role])[] {
  return Object.entries(scope.resources).flatMap(([id, { Type, Properties = {} }]) => {
    if (Type !== 'AWS::IAM::Role') return [];
    const policies = (resolveValue(Properties.Policies ?? [], scope) as readonly RolePolicy[]).map(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );
    const name = `${registration.name} ${id}`;
    return [[physicalResource(id, scope).arn, { name, policy: read(name, policies.flat()) }]];
  });
}

function read(name: string, statements: unknown): Policy {
  try {
    return readPolicy(statements as readonly unknown[]);
  } catch (error) {
    throw new Error(`The role of ${name} cannot be held: ${(error as Error).message}`, { cause: error });
  }
}
