import { hasMovedKey, type TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { accountIdentityOf, identityOf } from '../comparison/identity.ts';
import type { Resource, Resources } from '../comparison/template.ts';

/**
 * Two resources that are the same thing while the stack is updated: CloudFormation makes new resources before it removes
 * old ones. So a resource keeps its logical id, and a name is free only after a deployment without it.
 */
export function* checkNames({ old, made, others, isMoved }: TemplateChange): Iterable<Finding> {
  const owners = ownersOf(old, identityOf);
  const elsewhere = new Set(others.flatMap(({ Resources }) => [...ownersOf(Resources, accountIdentityOf).keys()]));
  for (const [id, resource] of Object.entries(made)) {
    const identity = identityOf(resource);
    const was = old[id];
    if (identity === undefined || (was && identityOf(was) === identity)) continue;
    const owner = owners.get(identity);
    if (owner !== undefined && !hasMovedKey(resource, isMoved)) {
      const message = `${owner} is the same ${resource.Type}, and is removed only afterwards: keep its logical id, or deploy once without it`;
      yield { rule: 'same-thing', where: id, effect: 'refused', message };
    } else if (elsewhere.has(accountIdentityOf(resource) ?? '')) {
      const message = `another service's stack has this ${resource.Type}: remove it there first`;
      yield { rule: 'other-stack', where: id, effect: 'refused', message };
    }
  }
}

function ownersOf(resources: Resources, identify: (resource: Resource) => string | undefined): Map<string, string> {
  return new Map(
    Object.entries(resources).flatMap(([id, resource]) => {
      const identity = identify(resource);
      return identity === undefined ? [] : [[identity, id] as const];
    }),
  );
}
