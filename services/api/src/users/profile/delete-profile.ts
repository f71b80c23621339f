import type { StoredUser } from '@weir/dynamodb/users';
import { type EntityTags, judge } from '../../http/requests/preconditions.ts';
import { type ChangeDeps, type ChangeOutcome, changeUser } from './change-user.ts';
import { etagOf } from './present-user.ts';

/** The result; `user` is the last state. A profile that was removed before is `missing`. */
export type DeleteOutcome =
  | { readonly kind: 'removed'; readonly user: StoredUser }
  | { readonly kind: 'missing' | 'precondition-failed' | 'contended' };

/** Removes a profile with its avatar's state. With `ifMatch`, only in one of these states. */
export async function deleteProfile(deps: ChangeDeps, userId: string, ifMatch?: EntityTags): Promise<DeleteOutcome> {
  return present(
    await changeUser(deps, userId, (current) => {
      if (!current) return { kind: 'leave', reason: 'missing' };
      const verdict = judge({ ifMatch, ifNoneMatch: undefined }, etagOf(current), 'write');
      return verdict === 'holds' ? { kind: 'remove' } : { kind: 'leave', reason: 'precondition-failed' };
    }),
  );
}

function present(outcome: ChangeOutcome<'missing' | 'precondition-failed'>): DeleteOutcome {
  if (outcome.kind === 'left') return { kind: outcome.reason };
  if (outcome.kind === 'removed' && outcome.before) return { kind: 'removed', user: outcome.before };
  return { kind: outcome.kind === 'contended' ? 'contended' : 'missing' };
}
