import type { TemplateChange } from '../comparison/compare-templates.ts';
import type { Finding } from '../comparison/finding.ts';
import { identityOf } from '../comparison/identity.ts';
import { isSame, type Resource } from '../comparison/template.ts';

/** What becomes of resources when an update fails, and policies that no update brings. */
export function* checkPolicies(change: TemplateChange): Iterable<Finding> {
  yield* checkAlone(change);
  for (const [where, resource] of change.added) {
    if (resource.DeletionPolicy === 'Retain' && identityOf(resource) !== undefined) {
      const message = 'stays if the update fails, and is then in the way of the next one: use RetainExceptOnCreate';
      yield { rule: 'stays-after-rollback', where, effect: 'refused', message };
    } else if (resource.Properties?.DeletionProtectionEnabled === true) {
      const message = 'cannot be removed if the update fails: protect it after the deployment, as @weir/stacks does';
      yield { rule: 'stays-after-rollback', where, effect: 'refused', message };
    }
  }
}

/** CloudFormation compares properties. It may take a change of the rest alone for none, and then keeps the old policies. */
function* checkAlone({ before, after, kept, added, removed }: TemplateChange): Iterable<Finding> {
  const isUnchanged = kept.every(([, was, is]) => was.Type === is.Type && isSame(was.Properties, is.Properties));
  if (!isUnchanged || added.length + removed.length > 0 || !isSame(before.Outputs, after.Outputs)) return;
  for (const [where, was, is] of kept) {
    if (isSame(policiesOf(was), policiesOf(is))) continue;
    const message = 'only policies change, or the order: CloudFormation may say that there is nothing to do';
    yield { rule: 'policy-alone', where, effect: 'limited', message };
  }
}

function policiesOf({ DeletionPolicy, UpdateReplacePolicy, DependsOn }: Resource): unknown {
  return [DeletionPolicy ?? null, UpdateReplacePolicy ?? null, DependsOn ?? null];
}
