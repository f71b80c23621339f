/** A person's profile: everything that a caller may write. */
export interface UserProfile {
  readonly name?: string;
  readonly email?: string;
  /** Any JSON. */
  readonly attributes?: Readonly<Record<string, unknown>>;
}

/** The state of a person's avatar, flat. Only the avatars' own code interprets it. */
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
  /** Names this state. No other state of any user has the same name, also after the user was removed and made again. */
  readonly version: string;
}

/** The result of a write: done, or nothing was written because the user was not in the expected state. */
export type WriteOutcome = 'written' | 'changed';

/** Which part of the list to read. */
export interface UsersRange {
  /** The user id before the first one; undefined to begin with the first user. */
  readonly after: string | undefined;
  /** The most users; a page of large users has fewer. */
  readonly limit: number;
}

/** A part of the list. */
export interface UsersPage {
  /** Ascending by the bytes of the user id in UTF-8. Never empty while there is more. */
  readonly users: readonly StoredUser[];
  readonly hasMore: boolean;
}

/**
 * People's profiles. Reads are consistent. A write compares and exchanges: of several writers that started from one
 * state, one succeeds and the others are told. A write that arrives twice counts as one.
 */
export interface UsersStore {
  find(userId: string): Promise<StoredUser | undefined>;
  /** Writes the whole user if the version is still `expected`; undefined expects that there is none. */
  write(user: StoredUser, expected: string | undefined): Promise<WriteOutcome>;
  /** Removes the user if the version is still `expected`. */
  remove(userId: string, expected: string): Promise<WriteOutcome>;
  /** Reads at most `limit` + 1 users and 1 MB, however long the list is. */
  list(range: UsersRange): Promise<UsersPage>;
}
