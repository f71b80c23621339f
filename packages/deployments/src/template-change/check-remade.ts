import type { Finding } from './comparison/finding.ts';
import { accountIdentityOf, isKept } from './comparison/identity.ts';
import { madeResources } from './comparison/made-resources.ts';
import type { Template } from './comparison/template.ts';

/** What a new stack meets of one that was removed: names that are taken, and names that are not free at once. */
export function checkRemade(removed: Template, made: Template): readonly Finding[] {
  const gone = new Map(
    Object.values(madeResources(removed)).map((resource) => [accountIdentityOf(resource), resource] as const),
  );
  return Object.entries(madeResources(made)).flatMap(([where, resource]): Finding[] => {
    const identity = accountIdentityOf(resource);
    const was = identity === undefined ? undefined : gone.get(identity);
    if (was === undefined) return [];
    if (isKept(was.DeletionPolicy)) {
      const message = 'the removed stack left it behind: take it back (docs/stages.md), or delete it';
      return [{ rule: 'left-behind', where, effect: 'refused', message }];
    }
    if (was.Type !== 'AWS::SQS::Queue') return [];
    const message = 'SQS makes a queue again 60 seconds after it was deleted, and not before';
    return [{ rule: 'name-waits', where, effect: 'limited', message }];
  });
}
