import type { StoredUser, UsersStore } from '@weir/dynamodb/users';

/** The first wait after a lost race. Each next wait may be twice as long. */
const FIRST_WAIT_MS = 10;
const LONGEST_WAIT_MS = 1_000;

/** Dependencies of `changeUser`. Clock, randomness and waiting are parameters, so that tests can control them. */
export interface ChangeDeps {
  readonly store: UsersStore;
  /** Makes a version that no state of a user had before. */
  readonly newVersion: () => string;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** After this time, a change that loses every race ends. */
  readonly changeBudgetMs: number;
}

/** The change to a user: write this, remove the user, or leave them unchanged for this reason. */
export type UserChange<Reason> =
  | { readonly kind: 'write'; readonly next: Pick<StoredUser, 'profile' | 'avatar'> }
  | { readonly kind: 'remove' }
  | { readonly kind: 'leave'; readonly reason: Reason };

/** Decides by the present user, undefined if there is none. It is called again after each lost race. */
export type Decide<Reason> = (current: StoredUser | undefined) => UserChange<Reason>;

/** The result of a change. */
export type ChangeOutcome<Reason> =
  | { readonly kind: 'written'; readonly user: StoredUser; readonly before: StoredUser | undefined }
  | { readonly kind: 'removed'; readonly before: StoredUser | undefined }
  | { readonly kind: 'left'; readonly reason: Reason }
  /** Other writers were faster in every attempt. */
  | { readonly kind: 'contended' };

/**
 * Changes a user as `decide` says. Every write is conditional on the state for which `decide` was called, so no other
 * write is lost. After a lost race it starts again from the read, after a growing wait with jitter.
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

/** One attempt from the present state: its result, or undefined if another writer was faster. */
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
