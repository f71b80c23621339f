import type { StoredAvatar, StoredUser } from '@weir/dynamodb/users';
import { formatTime } from '../../times/parse-time.ts';

/** How a stored avatar is answered, with addresses signed for the moment; undefined where there is nothing to tell. */
export type PresentAvatar = (avatar: StoredAvatar) => Promise<object | undefined>;

/** A user as answers have them. */
export type PresentedUser = Readonly<Record<string, unknown>> & { readonly avatar: object | null };

/** The user as answers have them. */
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

/** The strong entity tag of a user's state; undefined where there is no user. */
export function etagOf(user: StoredUser | undefined): string | undefined {
  return user && `"${user.version}"`;
}

/** Whether an answer holds addresses that end by themselves, so that a copy kept by the caller goes stale. */
export function endsByItself({ avatar }: PresentedUser): boolean {
  return avatar !== null && ('url' in avatar || 'thumbnailUrl' in avatar);
}
