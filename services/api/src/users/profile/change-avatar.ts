import type { StoredAvatar, StoredUser } from '@weir/dynamodb/users';
import { type ChangeDeps, changeUser } from './change-user.ts';

/** The change to an avatar: `undefined` leaves it unchanged, `null` removes it. */
export type DecideAvatar = (avatar: StoredAvatar | undefined) => StoredAvatar | null | undefined;

/** The result; `missing` if there is no such user, and then nothing is stored. */
export type AvatarOutcome =
  | { readonly kind: 'written'; readonly user: StoredUser }
  | { readonly kind: 'left' | 'missing' | 'contended' };

/** The only function that writes avatars. `decide` gets the present avatar. Nothing else of the user changes. */
export async function changeAvatar(deps: ChangeDeps, userId: string, decide: DecideAvatar): Promise<AvatarOutcome> {
  const outcome = await changeUser<'left' | 'missing'>(deps, userId, (current) => {
    if (!current) return { kind: 'leave', reason: 'missing' };
    const avatar = decide(current.avatar);
    if (avatar === undefined) return { kind: 'leave', reason: 'left' };
    return { kind: 'write', next: { profile: current.profile, avatar: avatar ?? undefined } };
  });
  if (outcome.kind === 'written') return { kind: 'written', user: outcome.user };
  return { kind: outcome.kind === 'left' ? outcome.reason : 'contended' };
}
