import { HASH_BYTES } from '../hashes/hash-run.ts';
import { hash64 } from '../hashes/hash64.ts';
import { addToSum } from '../totals/totals.ts';
import { MAX_ACTION_CELL_BYTES, MAX_ACTIVITY_HEAD_BYTES, MAX_PAIR_BYTES, MAX_SEVERAL_BYTES } from './activity-codec.ts';
import type { UserActivity } from './user-activity.ts';

const DAY_MS = 86_400_000;
/** More than an entry holds; beside 32 bits of a hash, a double holds the index of one. */
const MOST_USERS = 2 ** 20;
/** Up to this many, a user's cells are searched one by one; beyond it, an index costs less. */
const FEW = 8;

interface Cell {
  readonly day: number;
  readonly action: string;
  count: number;
  sum: number;
  sumLow: number;
}

interface User {
  readonly high: number;
  readonly low: number;
  readonly cells: Cell[];
  index: Map<string, Cell> | undefined;
}

/** Gathers events into the users' activity that a log entry adds. Hot: called once for each event. */
export class ActivityBuilder {
  readonly #users = new Map<string, User>();
  readonly #pairs = new Map<number, Set<string>>();
  #lastDay = Number.NaN;
  #lastActions = new Set<string>();
  readonly #hash = new Uint32Array(2);
  #maxBytes = MAX_ACTIVITY_HEAD_BYTES;

  /** An upper bound on the encoding of what was added until now. */
  get maxBytes(): number {
    return this.#maxBytes;
  }

  /** `timestamp` in epoch milliseconds; `value` finite, at most 1e12 in magnitude. */
  // biome-ignore lint/complexity/useMaxParams: called for each event, where an object would cost more than the work
  add(action: string, timestamp: number, value: number, userId: string): void {
    const user = this.#users.get(userId) ?? this.#addUser(userId);
    const day = Math.floor(timestamp / DAY_MS);
    const cell = find(user, day, action) ?? this.#addCell(user, day, action);
    if (++cell.count === 2) this.#maxBytes += MAX_SEVERAL_BYTES;
    // Adding 0 turns -0 into 0.
    addToSum(cell, value + 0, 0);
  }

  /** What was added. Do not use the builder afterwards: it shares what it returned. */
  build(): UserActivity {
    const users = byHash([...this.#users.values()]);
    const hashes = new Uint32Array(2 * users.length);
    for (const [index, { high, low }] of users.entries()) hashes.set([high, low], 2 * index);
    return { hashes, actionsAt: (index) => users[index]?.cells ?? [] };
  }

  #addUser(userId: string): User {
    hash64(userId, this.#hash);
    const user: User = { high: this.#hash[0] ?? 0, low: this.#hash[1] ?? 0, cells: [], index: undefined };
    this.#users.set(userId, user);
    this.#maxBytes += HASH_BYTES;
    return user;
  }

  #addCell(user: User, day: number, action: string): Cell {
    const cell: Cell = { day, action, count: 0, sum: 0, sumLow: 0 };
    user.cells.push(cell);
    if (user.index) user.index.set(nameOf(day, action), cell);
    else if (user.cells.length > FEW) {
      user.index = new Map(user.cells.map((each) => [nameOf(each.day, each.action), each]));
    }
    this.#maxBytes += MAX_ACTION_CELL_BYTES;
    this.#notePair(day, action);
    return cell;
  }

  #notePair(day: number, action: string): void {
    if (day !== this.#lastDay) this.#turnTo(day);
    if (this.#lastActions.has(action)) return;
    this.#lastActions.add(action);
    this.#maxBytes += MAX_PAIR_BYTES;
  }

  /** The events of one entry are mostly of one day. */
  #turnTo(day: number): void {
    this.#lastActions = this.#pairs.get(day) ?? new Set();
    this.#pairs.set(day, this.#lastActions);
    this.#lastDay = day;
  }
}

/** By the high word of the hash; sorting numbers takes a fifth of the time that comparing users does. */
function byHash(users: readonly User[]): User[] {
  const keys = Float64Array.from(users, ({ high }, index) => high * MOST_USERS + index).sort();
  return Array.from(keys, (key) => users[key % MOST_USERS] as User);
}

function find({ cells, index }: User, day: number, action: string): Cell | undefined {
  if (index) return index.get(nameOf(day, action));
  for (const cell of cells) if (cell.day === day && cell.action === action) return cell;
  return undefined;
}

function nameOf(day: number, action: string): string {
  return `${day}/${action}`;
}
