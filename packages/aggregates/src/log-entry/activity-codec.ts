import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';
import { readNumber, readResidue, writeNumber, writeResidue } from '../bytes/number-codec.ts';
import { MIN_HASH_BYTES, readHashRun, writeSortedHashRun } from '../hashes/hash-run.ts';
import type { UserAction, UserActivity } from './user-activity.ts';

/** The most bytes of each part, for a bound without encoding; a user's hash comes in addition. */
export const MAX_ACTIVITY_HEAD_BYTES = 48;
export const MAX_PAIR_BYTES = 8;
export const MAX_ACTION_CELL_BYTES = 3 + 9;
/** The extra bytes of a cell with more than one event. */
export const MAX_SEVERAL_BYTES = 8 + 10;

/** The fewest bytes of a pair (its day and its action), and of a user (a hash and a cell). */
const MIN_PAIR_BYTES = 2;
const MIN_USER_BYTES = MIN_HASH_BYTES + 2;

/** Bits of a cell's head, below the index of its pair. */
const SEVERAL = 1;
const MORE = 2;
const HEAD_BITS = 4;

/** What the cells' days and actions are relative to. */
export interface ActivityBase {
  /** Days since the epoch. */
  readonly day: number;
  /** The entry's actions, in the order of its delta. */
  readonly actions: readonly string[];
}

/**
 * Writes activity: its length, the pairs of day and action that occur, the users' hashes, and each user's cells, one
 * after the other. A cell names its pair by its index: one event takes 4 or 5 bytes in addition to the hash.
 */
export function writeActivity(out: ByteWriter, activity: UserActivity, base: ActivityBase): void {
  const pairs = new Pairs(base);
  const cells = new ByteWriter(16 + activity.hashes.length * 4);
  const users = activity.hashes.length / 2;
  for (let index = 0; index < users; index++) writeCells(cells, activity.actionsAt(index), pairs);
  const body = new ByteWriter(64 + cells.length + users * 8);
  pairs.write(body);
  body.varint(users);
  writeSortedHashRun(body, activity.hashes);
  body.bytes(cells.view());
  out.varint(body.length);
  out.bytes(body.view());
}

/** Hashes are decoded when they are first read, cells each time that they are read. */
export function readActivity(input: ByteReader, base: () => ActivityBase): UserActivity {
  return new LazyActivity(input.bytes(input.varint()), base);
}

/** Numbers the pairs of day and action of one entry in the order in which they come. Hot: called once for each cell. */
class Pairs {
  readonly #base: ActivityBase;
  readonly #pairs: Pick<UserAction, 'day' | 'action'>[] = [];
  readonly #indexes = new Map<number, Map<string, number>>();
  #lastDay = Number.NaN;
  #lastIndexes = new Map<string, number>();

  constructor(base: ActivityBase) {
    this.#base = base;
  }

  indexOf({ day, action }: UserAction): number {
    if (day !== this.#lastDay) this.#turnTo(day);
    const index = this.#lastIndexes.get(action) ?? this.#pairs.length;
    if (index < this.#pairs.length) return index;
    this.#lastIndexes.set(action, index);
    this.#pairs.push({ day, action });
    return index;
  }

  write(out: ByteWriter): void {
    const { day: base, actions } = this.#base;
    const indexes = new Map(actions.map((action, index) => [action, index]));
    out.varint(this.#pairs.length);
    for (const { day, action } of this.#pairs) {
      const at = indexes.get(action);
      if (at === undefined) throw new RangeError(`the entry has activity of ${action}, but counts nothing of it`);
      out.zigzag(base - day);
      out.varint(at);
    }
  }

  #turnTo(day: number): void {
    this.#lastIndexes = this.#indexes.get(day) ?? new Map();
    this.#indexes.set(day, this.#lastIndexes);
    this.#lastDay = day;
  }
}

function writeCells(out: ByteWriter, cells: readonly UserAction[], pairs: Pairs): void {
  const last = cells.length - 1;
  for (let i = 0; i <= last; i++) {
    const cell = cells[i] as UserAction;
    const { count, sum, sumLow } = cell;
    const isSeveral = count !== 1 || sumLow !== 0;
    out.varint(pairs.indexOf(cell) * HEAD_BITS + (i < last ? MORE : 0) + (isSeveral ? SEVERAL : 0));
    if (isSeveral) out.varint(count * 2 + (sumLow === 0 ? 0 : 1));
    writeNumber(out, sum);
    if (sumLow !== 0) writeResidue(out, sumLow, sum);
  }
}

class LazyActivity implements UserActivity {
  readonly #bytes: Uint8Array;
  readonly #base: () => ActivityBase;
  #opened: { readonly pairs: readonly Pick<UserAction, 'day' | 'action'>[]; readonly hashes: Uint32Array } | undefined;
  #firstCell = 0;
  /** The next index in order, and the offset where its cells begin. */
  #next: { index: number; offset: number } = { index: 0, offset: 0 };

  constructor(bytes: Uint8Array, base: () => ActivityBase) {
    this.#bytes = bytes;
    this.#base = base;
  }

  get hashes(): Uint32Array {
    return this.#open().hashes;
  }

  actionsAt(index: number): readonly UserAction[] {
    const { pairs, hashes } = this.#open();
    if (2 * index >= hashes.length) return [];
    if (index < this.#next.index) this.#next = { index: 0, offset: this.#firstCell };
    const input = new ByteReader(this.#bytes, this.#next.offset);
    let cells = readCells(input, pairs);
    for (let at = this.#next.index; at < index; at++) cells = readCells(input, pairs);
    this.#next = { index: index + 1, offset: input.offset };
    return cells;
  }

  #open() {
    if (this.#opened) return this.#opened;
    const { day, actions } = this.#base();
    const input = new ByteReader(this.#bytes);
    const pairs = Array.from({ length: input.count(MIN_PAIR_BYTES) }, () => ({
      day: day - input.zigzag(),
      action: actionAt(actions, input.varint()),
    }));
    const hashes = new Uint32Array(2 * input.count(MIN_USER_BYTES));
    readHashRun(input, hashes);
    this.#firstCell = input.offset;
    this.#next = { index: 0, offset: input.offset };
    this.#opened = { pairs, hashes };
    return this.#opened;
  }
}

function actionAt(actions: readonly string[], index: number): string {
  const action = actions[index];
  if (action === undefined) throw new CorruptBytesError(`activity of an action beyond the ${actions.length} actions`);
  return action;
}

function readCells(input: ByteReader, pairs: readonly Pick<UserAction, 'day' | 'action'>[]): UserAction[] {
  const cells: UserAction[] = [];
  for (let isMore = true; isMore; ) {
    const head = input.varint();
    isMore = (head & MORE) !== 0;
    const counted = (head & SEVERAL) === 0 ? 2 : input.varint();
    const sum = readNumber(input);
    const sumLow = counted % 2 === 0 ? 0 : readResidue(input, sum);
    const pair = pairs[Math.floor(head / HEAD_BITS)];
    if (pair === undefined) throw new CorruptBytesError(`activity of a pair beyond the ${pairs.length} pairs`);
    const { day, action } = pair;
    cells.push({ day, action, count: Math.floor(counted / 2), sum, sumLow });
  }
  return cells;
}
