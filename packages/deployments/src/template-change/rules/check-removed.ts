import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { identityOf, isKept, nameOf } from '../comparison/identity.ts';
import { type Mention, mayMean, mentionsOf } from '../comparison/mentions.ts';
import { RESOURCE_TYPES } from '../comparison/resource-types.ts';
import type { Resource } from '../comparison/template.ts';

/** Nobody calls an alarm or a dashboard; who reads a parameter has a rule of its own. */
const NOT_CALLED = /^AWS::(CloudWatch|SSM)::/;

/** Resources that are no longer in the template, and names that others still use. */
export function* checkRemoved(change: TemplateChange): Iterable<Finding> {
  for (const [id, resource] of change.removed) {
    const { holds } = RESOURCE_TYPES[resource.Type] ?? {};
    if (holds === 'data') {
      const fate = isKept(resource.DeletionPolicy)
        ? 'it stays without a stack, and its name stays taken'
        : 'it is deleted with what it holds, unless something is in an S3 bucket: that stays without a stack';
      yield { rule: 'data-removed', where: id, effect: 'lost', message: `${resource.Type} is removed: ${fate}` };
    } else if (holds === 'address') {
      const message = `${resource.Type} is removed, and what others know of it no longer holds`;
      yield { rule: 'address-removed', where: id, effect: 'lost', message };
    }
  }
  yield* stillNamed(change);
}

function* stillNamed({ old, made, others }: TemplateChange): Iterable<Finding> {
  const texts = others.map((other) => JSON.stringify(other));
  for (const [id, resource] of Object.entries(old)) {
    const name = NOT_CALLED.test(resource.Type) ? undefined : nameOf(resource);
    if (name === undefined || isGivenOn(resource, made)) continue;
    // Things of two types may have the same name: only some of its mentions are of this one.
    const stay = Object.values(made).flatMap((one) => (nameOf(one) === name ? [one.Type] : []));
    const isMissed = (mention: Mention) =>
      mayMean(mention, resource.Type) && !stay.some((type) => mayMean(mention, type));
    if (!texts.some((text) => mentionsOf(text, name).some(isMissed))) continue;
    const message = `another service still names ${name}: deploy it first without that name`;
    yield { rule: 'still-named', where: id, effect: 'lost', message };
  }
}

/** Under another logical id it is still there; that is a finding of its own. */
function isGivenOn(resource: Resource, made: TemplateChange['made']): boolean {
  const identity = identityOf(resource);
  return identity !== undefined && Object.values(made).some((other) => identityOf(other) === identity);
}
