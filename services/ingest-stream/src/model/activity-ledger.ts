import { hashAt, type UserActivity, userHash } from '@weir/aggregates';

/** Count and sum by `day/action`. */
export type Activity = ReadonlyMap<string, readonly [count: number, sum: number]>;

/** An erasure that is running. */
export interface LedgerErasure {
  readonly user: string;
  /** The activity that the logs held when it began. */
  readonly before: Activity;
}

/** The activity of one user that is erased: at least, and at most. */
interface Erased {
  surely: Activity;
  atMost: Activity;
}

const NOTHING: Activity = new Map();

/** The users' activity as a perfect observer knows it: all that was counted, and how much of it erasures removed. */
export class ActivityLedger {
  /** By hash of the user. */
  readonly #counted = new Map<string, Map<string, readonly [number, number]>>();
  readonly #erased = new Map<string, Erased>();
  readonly #open = new Set<LedgerErasure>();

  note(activity: UserActivity | undefined): void {
    if (!activity) return;
    for (let index = 0; index < activity.hashes.length / 2; index++) {
      const user = hashAt(activity.hashes, index);
      const counted = this.#counted.get(user) ?? new Map<string, readonly [number, number]>();
      this.#counted.set(user, counted);
      for (const { day, action, count, sum } of activity.actionsAt(index)) {
        const [counts, sums] = counted.get(`${day}/${action}`) ?? [0, 0];
        counted.set(`${day}/${action}`, [counts + count, sums + sum]);
      }
    }
  }

  /** All activity ever counted of a user. */
  counted(userId: string): Activity {
    return new Map(this.#counted.get(userHash(userId)));
  }

  begin(userId: string): LedgerErasure {
    const erasure = { user: userHash(userId), before: this.counted(userId) };
    this.#open.add(erasure);
    return erasure;
  }

  /** An erasure has returned. */
  finish(erasure: LedgerErasure): void {
    this.abandon(erasure);
    const erased = this.#erased.get(erasure.user);
    if (erased) erased.surely = greater(erased.surely, erasure.before);
  }

  /** An erasure has died: it may have removed anything, and will remove no more. */
  abandon(erasure: LedgerErasure): void {
    if (!this.#open.delete(erasure)) return;
    const { surely = NOTHING } = this.#erased.get(erasure.user) ?? {};
    this.#erased.set(erasure.user, { surely, atMost: new Map(this.#counted.get(erasure.user)) });
  }

  /** The activity of a user that no reader may show any more. */
  surelyErased(userId: string): Activity {
    return this.#erased.get(userHash(userId))?.surely ?? NOTHING;
  }

  /** The activity of a user that readers may leave out. */
  erasedAtMost(userId: string): Activity {
    const user = userHash(userId);
    if ([...this.#open].some((erasure) => erasure.user === user)) return this.counted(userId);
    return this.#erased.get(user)?.atMost ?? NOTHING;
  }
}

/** One was counted after the other, so for each key the later one contains the earlier one. */
function greater(a: Activity, b: Activity): Activity {
  const both = new Map(a);
  for (const [key, value] of b) if (value[0] >= (a.get(key)?.[0] ?? 0)) both.set(key, value);
  return both;
}
