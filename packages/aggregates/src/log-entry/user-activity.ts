import { hash64 } from '../hashes/hash64.ts';

/** Count and sum of one action on one day (UTC). The sum is `sum + sumLow`, a compensated pair. */
export interface UserAction {
  /** Days since the epoch. */
  readonly day: number;
  readonly action: string;
  readonly count: number;
  readonly sum: number;
  /** What rounding took from `sum`. */
  readonly sumLow: number;
}

/** The users' activity that an entry adds. Users are known only by the hashes of their ids. */
export interface UserActivity {
  /** For each user the high and the low word of the hash. Two users may share one. */
  readonly hashes: Uint32Array;
  /**
   * What was counted of the user at that index in `hashes`. Ask for indexes in ascending order: any other order costs a
   * search.
   */
  actionsAt(index: number): readonly UserAction[];
}

/** The name under which a user's activity is kept: the 64-bit hash of the id, 16 hexadecimal digits. */
export function userHash(userId: string): string {
  const words = new Uint32Array(2);
  hash64(userId, words);
  return hashAt(words, 0);
}

/** The hash at an index of `hashes`, 16 hexadecimal digits. */
export function hashAt(hashes: Uint32Array, index: number): string {
  return hexOf(hashes[2 * index] ?? 0) + hexOf(hashes[2 * index + 1] ?? 0);
}

/** What an entry adds for one user, named by `userHash`. */
export function actionsOf(activity: UserActivity, user: string): UserAction[] {
  const high = Number.parseInt(user.slice(0, 8), 16);
  const low = Number.parseInt(user.slice(8), 16);
  const { hashes } = activity;
  const found: UserAction[] = [];
  for (let i = 0; i < hashes.length; i += 2) {
    if (hashes[i] === high && hashes[i + 1] === low) found.push(...activity.actionsAt(i / 2));
  }
  return found;
}

function hexOf(word: number): string {
  return word.toString(16).padStart(8, '0');
}
