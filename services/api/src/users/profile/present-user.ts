import type { StoredAvatar, StoredUser } from '@weir/dynamodb/users';
import { formatTime } from '../../times/parse-time.ts';

/** Presents a stored avatar with newly signed addresses; undefined if there is nothing to show. */
export type PresentAvatar = (avatar: StoredAvatar) => Promise<object | undefined>;

/** A user in the form of answers. */
export type PresentedUser = Readonly<Record<string, unknown>> & { readonly avatar: object | null };

/** The user in the form of answers. */
export async function presentUser(user: StoredUser, presentAvatar: PresentAvatar): Promise<PresentedUser> {
  const { userId, profile, avatar, createdAt, updatedAt } = user;
  return {
    userId,
    ...profile,
    avatar: (avatar && (await presentAvatar(avatar))) ?? null,
    createdAt: formatTime(createdAt),
    updatedAt: formatTime(updatedAt),
  };
}

/** The strong entity tag of a user's state; undefined if there is no user. */
export function etagOf(user: StoredUser | undefined): string | undefined {
  return user && `"${user.version}"`;
}

/** Whether an answer has addresses that expire, so that a caller's copy becomes useless. */
export function endsByItself({ avatar }: PresentedUser): boolean {
  return avatar !== null && ('url' in avatar || 'thumbnailUrl' in avatar);
}
