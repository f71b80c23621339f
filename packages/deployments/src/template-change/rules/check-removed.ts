import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { identityOf, isKept, nameOf } from '../comparison/identity.ts';
import { RESOURCE_TYPES } from '../comparison/resource-types.ts';
import type { Resource } from '../comparison/template.ts';

/**
 * Nobody calls an alarm or a dashboard, and only CloudFormation what moves a canary, which has its names from the API and
 * its functions; who reads a parameter has a rule of its own.
 */
const NOT_CALLED = /^AWS::(CloudWatch|CodeDeploy|SSM)::/;

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
  const names = new Set(Object.values(made).map(nameOf));
  for (const [id, resource] of Object.entries(old)) {
    const name = NOT_CALLED.test(resource.Type) ? undefined : nameOf(resource);
    if (name === undefined || names.has(name) || isGivenOn(resource, made)) continue;
    if (!texts.some((text) => namesIt(text, name))) continue;
    const message = `another service still names ${name}: deploy it first without that name`;
    yield { rule: 'still-named', where: id, effect: 'lost', message };
  }
}

/** Under another logical id it is still there; that is a finding of its own. */
function isGivenOn(resource: Resource, made: TemplateChange['made']): boolean {
  return Object.values(made).some((other) => identityOf(other) === identityOf(resource));
}

/** A name in a name, such as `weir-dev-mails` in `weir-dev-mails-failed`, is another one. */
function namesIt(text: string, name: string): boolean {
  const quoted = JSON.stringify(name).slice(1, -1);
  for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) {
    const around = `${text[at - 1] ?? ''}${text[at + quoted.length] ?? ''}`;
    if (!/[\w-]/.test(around)) return true;
  }
  return false;
}
