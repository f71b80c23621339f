import type { ListedResource } from '../aws/account-reader.ts';
import { UNSEEN_TYPES } from './unseen-types.ts';

/** A resource of a template, limited to what is compared. */
export interface PlannedResource {
  readonly Type: string;
  /** It is made only if this holds. */
  readonly Condition?: string;
}

export interface CheckedStack {
  /** One sentence for each difference. */
  readonly faults: readonly string[];
  readonly seen: number;
  /** Of types of which the emulator makes nothing. */
  readonly unseen: number;
}

/**
 * Compares a stack with the template from which it was made: each resource is there, unless the emulator makes nothing of
 * its type, and no other.
 */
export function checkStack(
  planned: Readonly<Record<string, PlannedResource>>,
  listed: readonly ListedResource[],
): CheckedStack {
  const types = new Map(listed.map(({ logicalId, type }) => [logicalId, type]));
  const faults: string[] = [];
  let unseen = 0;
  for (const [id, { Type, Condition }] of Object.entries(planned)) {
    const type = types.get(id);
    types.delete(id);
    if (type === undefined) {
      if (UNSEEN_TYPES.includes(Type)) unseen++;
      else if (Condition === undefined) faults.push(`${id} (${Type}) is not in the stack`);
    } else if (type !== Type) faults.push(`${id} is a ${type}, and not a ${Type}`);
    else if (UNSEEN_TYPES.includes(Type)) faults.push(`${id} is there: take ${Type} out of unseen-types.ts`);
  }
  faults.push(...[...types.keys()].map((id) => `${id} is in the stack, and not in its template`));
  return { faults, seen: listed.length, unseen };
}
