import type { ActivityStore } from '@weir/dynamodb';
import type { Activity } from './activity-ledger.ts';
import { USERS } from './producer.ts';
import { startRead } from './start-read.ts';
import { Actor, DAY_MS, type World } from './world.ts';

/** A reader of users' activity that compares each answer with the ledger before and after. */
export class CheckedActivityReader {
  readonly actor = new Actor();
  readonly #world: World;
  readonly #activity: ActivityStore;
  reads = 0;

  constructor(world: World) {
    this.#world = world;
    this.#activity = world.activity(this.actor.call);
  }

  async start(): Promise<void> {
    const { random, now } = this.#world;
    await startRead({ world: this.#world, actor: this.actor }, () => this.check(random.pick(USERS), now - 4 * DAY_MS));
  }

  /**
   * No count or sum is below the one before, less all that erasures may have removed by now. None is above the one
   * after, less all that was removed by erasures that had returned before.
   */
  async check(userId: string, from: number): Promise<void> {
    const { now, ledger } = this.#world;
    const first = Math.floor(from / DAY_MS);
    const before = ledger.activity.counted(userId);
    const erased = ledger.activity.surelyErased(userId);
    const shown = new Map(
      (await this.#activity.readActivity({ userId, from, to: now + DAY_MS })).map(
        ({ day, action, count, sum }) => [`${day / DAY_MS}/${action}`, [count, sum] as const] as const,
      ),
    );
    const least = difference(before, ledger.activity.erasedAtMost(userId));
    const most = difference(ledger.activity.counted(userId), erased);
    this.reads++;
    for (const key of new Set([...least.keys(), ...most.keys(), ...shown.keys()])) {
      if (Number.parseInt(key, 10) >= first) checkCell(`${userId} ${key}`, { shown, least, most, key });
    }
  }
}

function checkCell(
  where: string,
  { shown, least, most, key }: { shown: Activity; least: Activity; most: Activity; key: string },
): void {
  const found = shown.get(key) ?? [0, 0];
  for (const i of [0, 1] as const) {
    const [low, high] = [least.get(key)?.[i] ?? 0, most.get(key)?.[i] ?? 0];
    if (found[i] < low) throw new Error(`${where}: ${found[i]} shown, at least ${low} is left`);
    if (found[i] > high) throw new Error(`${where}: ${found[i]} shown, at most ${high} is left`);
  }
}

/** `all` less `taken`. For each key that both have, `all` holds at least as much as `taken`. */
function difference(all: Activity, taken: Activity): Activity {
  return new Map(
    [...all].map(([key, [count, sum]]) => {
      const [counts, sums] = taken.get(key) ?? [0, 0];
      return [key, [Math.max(0, count - counts), Math.max(0, sum - sums)] as const];
    }),
  );
}
