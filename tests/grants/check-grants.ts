import type { Grant, RecordedNeed } from '@weir/local/rights';
import { matchesPattern, type Role } from '@weir/local/rights';
import type { Reason } from './reasons.ts';

/** What a comparison of roles with a record finds, a line for each problem. */
export interface GrantProblems {
  /** Recorded calls that the packaged roles do not allow. */
  readonly refused: readonly string[];
  /** Grants without which every recorded call would still be allowed, and which have no reason. */
  readonly needless: readonly string[];
  /** Reasons whose grants a recorded call needs, or which no role has. */
  readonly reasonless: readonly string[];
}

/** Takes out each grant of the roles in turn: the calls that it alone allows say whether it is needed. */
export function checkGrants(
  roles: readonly Role[],
  needs: readonly RecordedNeed[],
  reasons: readonly Reason[],
): GrantProblems {
  const byName = new Map(roles.map((role) => [role.name, role]));
  const needed = new Map<Grant, RecordedNeed>();
  const refused: string[] = [];
  for (const need of needs) {
    const role = byName.get(need.role);
    // A role that a test has made up.
    if (role === undefined) continue;
    const [only, ...others] = role.policy?.allowing(need) ?? [];
    if (only === undefined) refused.push(`${need.role}: ${need.action} on ${need.resource ?? '*'} (${need.test})`);
    else if (others.length === 0) needed.set(only, need);
  }
  const allowed = roles.flatMap(({ name, policy }) =>
    (policy?.grants ?? []).filter(({ effect }) => effect === 'Allow').map((grant) => ({ name, grant })),
  );
  const unneeded = allowed.filter(({ grant }) => !needed.has(grant));
  const needless = unneeded.filter((one) => !reasons.some((reason) => isAbout(reason, one)));
  return {
    refused: [...new Set(refused)],
    needless: needless.map(({ name, grant }) => `${name}: ${grant.action} on ${grant.resource}`),
    reasonless: reasons.flatMap((reason) => faultOf(reason, allowed, needed)),
  };
}

interface GrantOfRole {
  readonly name: string;
  readonly grant: Grant;
}

function faultOf(
  reason: Reason,
  allowed: readonly GrantOfRole[],
  needed: ReadonlyMap<Grant, RecordedNeed>,
): readonly string[] {
  const covered = allowed.filter((one) => isAbout(reason, one));
  if (covered.length === 0) return [`${nameOf(reason)}: no role has such a grant`];
  if (reason.sometimes) return [];
  return covered.flatMap(({ name, grant }) => {
    const need = needed.get(grant);
    return need === undefined ? [] : [`${nameOf(reason)}: ${name} needs ${grant.action} (${need.test})`];
  });
}

function isAbout({ roles, actions, resource = '*', conditionKey }: Reason, { name, grant }: GrantOfRole): boolean {
  const isUnder = conditionKey === undefined || grant.conditions.some(({ key }) => key === conditionKey);
  return (
    isUnder && matchesPattern(roles, name) && actions.includes(grant.action) && matchesPattern(resource, grant.resource)
  );
}

function nameOf({ roles, actions }: Reason): string {
  return `the reason of ${roles} for ${actions.join(', ')}`;
}
