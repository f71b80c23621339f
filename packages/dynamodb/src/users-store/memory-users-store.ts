import type { StoredUser, UsersPage, UsersRange, UsersStore, WriteOutcome } from './users-store.ts';

/** Profiles in memory, for tests: they behave as in the table. */
export class MemoryUsersStore implements UsersStore {
  readonly #users = new Map<string, StoredUser>();
  /** User ids in order; undefined if they must be sorted again. */
  #order: string[] | undefined;
  /** How many users listing has read, and the most in one page. */
  readonly read = { total: 0, mostAtOnce: 0 };

  async find(userId: string): Promise<StoredUser | undefined> {
    return this.#users.get(userId);
  }

  async write(user: StoredUser, expected: string | undefined): Promise<WriteOutcome> {
    const current = this.#users.get(user.userId);
    if (current?.version === user.version) return 'written';
    if (current?.version !== expected) return 'changed';
    if (current === undefined) this.#order = undefined;
    this.#users.set(user.userId, user);
    return 'written';
  }

  async remove(userId: string, expected: string): Promise<WriteOutcome> {
    const current = this.#users.get(userId);
    if (current?.version !== expected) return 'changed';
    this.#users.delete(userId);
    this.#order = undefined;
    return 'written';
  }

  async list({ after, limit }: UsersRange): Promise<UsersPage> {
    this.#order ??= [...this.#users.keys()].sort(byBytes);
    const start = after === undefined ? 0 : firstPast(this.#order, after);
    const found = this.#order.slice(start, start + limit + 1);
    this.read.total += found.length;
    this.read.mostAtOnce = Math.max(this.read.mostAtOnce, found.length);
    const users = found.slice(0, limit).flatMap((userId) => this.#users.get(userId) ?? []);
    return { users, hasMore: found.length > limit };
  }
}

/** DynamoDB's order of texts; JavaScript's differs past U+FFFF. */
function byBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right));
}

/** The index of the first id past `after`. */
function firstPast(order: readonly string[], after: string): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (byBytes(order[middle] ?? '', after) > 0) high = middle;
    else low = middle + 1;
  }
  return low;
}
