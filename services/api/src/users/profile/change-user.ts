import type { StoredUser, UsersStore } from '@weir/dynamodb/users';

/** The first wait after a lost race; each next one may be twice as long. */
const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 1_000;

/** What changing a user needs. Clock, chance and waiting are given, so that tests can hold them. */
export interface ChangeDeps {
  readonly store: UsersStore;
  /** A name that no state of a user ever had. */
  readonly newVersion: () => string;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** After it, a change that still loses every race is given up. */
  readonly changeBudgetMs: number;
}

/** What to do with a user: write this, remove them, or leave them as they are, with the reason why. */
export type UserChange<Reason> =
  | { readonly kind: 'write'; readonly next: Pick<StoredUser, 'profile' | 'avatar'> }
  | { readonly kind: 'remove' }
  | { readonly kind: 'leave'; readonly reason: Reason };

/** Decides by the user as they are, undefined where there is none. Asked again whenever another writer was faster. */
export type Decide<Reason> = (current: StoredUser | undefined) => UserChange<Reason>;

/** What became of it. */
export type ChangeOutcome<Reason> =
  | { readonly kind: 'written'; readonly user: StoredUser; readonly before: StoredUser | undefined }
  | { readonly kind: 'removed'; readonly before: StoredUser | undefined }
  | { readonly kind: 'left'; readonly reason: Reason }
  /** Others were faster each time. */
  | { readonly kind: 'contended' };

/**
 * Changes a user as `decide` says. Every write is conditional on the state that was decided by: nothing that another
 * writer did meanwhile is lost. A lost race is run again from the start, after a growing wait with jitter.
 */
export async function changeUser<Reason>(
  deps: ChangeDeps,
  userId: string,
  decide: Decide<Reason>,
): Promise<ChangeOutcome<Reason>> {
  const deadline = deps.now() + deps.changeBudgetMs;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    const outcome = await tryChange(deps, userId, decide);
    if (outcome) return outcome;
    const pauseMs = Math.ceil(deps.random() * waitMs);
    if (deps.now() + pauseMs >= deadline) return { kind: 'contended' };
    await deps.sleep(pauseMs);
  }
}

/** One try from the state as it is: what came of it, or undefined where another writer was faster. */
async function tryChange<Reason>(
  deps: ChangeDeps,
  userId: string,
  decide: Decide<Reason>,
): Promise<ChangeOutcome<Reason> | undefined> {
  const before = await deps.store.find(userId);
  const change = decide(before);
  if (change.kind === 'leave') return { kind: 'left', reason: change.reason };
  if (change.kind === 'remove') {
    const outcome = before ? await deps.store.remove(userId, before.version) : 'written';
    return outcome === 'written' ? { kind: 'removed', before } : undefined;
  }
  const updatedAt = deps.now();
  const times = { createdAt: before?.createdAt ?? updatedAt, updatedAt };
  const user: StoredUser = { userId, ...change.next, ...times, version: deps.newVersion() };
  const outcome = await deps.store.write(user, before?.version);
  return outcome === 'written' ? { kind: 'written', user, before } : undefined;
}
