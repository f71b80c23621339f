/** What a person's profile says: everything a caller may write. */
export interface UserProfile {
  readonly name?: string;
  readonly email?: string;
  /** Any JSON. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** What is known of a person's avatar, flat. Only the avatars' own code gives it a meaning. */
export type StoredAvatar = Readonly<Record<string, string | number | boolean>>;

/** A person as stored. */
export interface StoredUser {
  /** 1 to 256 characters (code points), which in UTF-8 are at most the 1,024 bytes of a sort key. */
  readonly userId: string;
  readonly profile: UserProfile;
  readonly avatar: StoredAvatar | undefined;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  /** Epoch milliseconds. */
  readonly updatedAt: number;
  /** Names this state; no other state of any user has it, also after the user was removed and made again. */
  readonly version: string;
}

/** What became of a write: done, or nothing was written as the user was not in the expected state. */
export type WriteOutcome = 'written' | 'changed';

/** Which part of the list to read. */
export interface UsersRange {
  /** The user id before the first; undefined to begin at the beginning. */
  readonly after: string | undefined;
  /** The most users; fewer are given where they are large. */
  readonly limit: number;
}

/** A part of the list. */
export interface UsersPage {
  /** Ascending by the bytes of the user id in UTF-8. Never empty while there is more. */
  readonly users: readonly StoredUser[];
  readonly hasMore: boolean;
}

/**
 * People's profiles. Reads are consistent. A write is a comparison and an exchange, so that of several writers that
 * started from one state one wins and the others are told; a write that arrives twice counts as one.
 */
export interface UsersStore {
  find(userId: string): Promise<StoredUser | undefined>;
  /** Writes the user whole, if their version is still `expected`; undefined expects that there is none. */
  write(user: StoredUser, expected: string | undefined): Promise<WriteOutcome>;
  /** Removes the user, if their version is still `expected`. */
  remove(userId: string, expected: string): Promise<WriteOutcome>;
  /** Reads at most `limit` + 1 users and 1 MB, however long the list is. */
  list(range: UsersRange): Promise<UsersPage>;
}
