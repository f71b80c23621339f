import {
  type Bucket,
  INTERVAL_MS,
  type Interval,
  type MetricsReader,
  type SeriesQuery,
  type SeriesRead,
} from '@weir/dynamodb';
import { startRead } from './start-read.ts';
import { Actor, DAY_MS, HOUR_MS, type World } from './world.ts';

const ACTIONS = ['a', 'b', 'c', 'd', '__other__'];
const INTERVALS: readonly Interval[] = ['minute', 'hour', 'day'];

/** The answers that all readers of a world share, by query, as the instances of a service with a cache share them. */
const KEPT = new WeakMap<World, Map<string, SeriesRead>>();

/** A reader that keeps its answers, and compares each answer with the ledger before and after. */
export class CheckedReader {
  readonly actor = new Actor();
  readonly #world: World;
  readonly #reader: MetricsReader;
  reads = 0;
  /** The reads that a kept answer answered. */
  rechecks = 0;

  constructor(world: World) {
    this.#world = world;
    this.#reader = world.reader(this.actor.call);
  }

  /** One query, interleaved with everything else: its answer is between the counts before and the counts after. */
  async start(): Promise<void> {
    const { random } = this.#world;
    await startRead({ world: this.#world, actor: this.actor }, () =>
      random.chance(0.2) ? this.checkActions() : this.check(random.pick(ACTIONS), random.pick(INTERVALS)),
    );
  }

  async check(action: string, interval: Interval): Promise<void> {
    const { ledger, now } = this.#world;
    const length = INTERVAL_MS[interval];
    const to = Math.ceil((now + 1) / length) * length;
    const from = Math.floor((now - (interval === 'day' ? 4 * DAY_MS : 6 * HOUR_MS)) / length) * length;
    const before = ledger.series(action, length);
    const { buckets } = await this.#read({ action, from, to, interval });
    const after = ledger.series(action, length);
    const shown = new Map(buckets.map((bucket: Bucket) => [bucket.start, bucket.count]));
    this.reads++;
    for (const start of new Set([...before.keys(), ...after.keys(), ...shown.keys()])) {
      if (start < from || start >= to) continue;
      const where = `${action} by ${interval} at ${new Date(start).toISOString()}`;
      expectWithin(where, shown.get(start), [before.get(start), after.get(start)]);
    }
  }

  /** Compares the list of actions with the ledger in the same way. */
  async checkActions(): Promise<void> {
    const before = this.#world.ledger.totals();
    const shown = new Map((await this.#reader.listActions()).map(({ action, count }) => [action, count]));
    const after = this.#world.ledger.totals();
    this.reads++;
    for (const action of new Set([...before.keys(), ...after.keys(), ...shown.keys()])) {
      expectWithin(`${action} of all time`, shown.get(action), [before.get(action), after.get(action)]);
    }
  }
  /** Half of the times a kept answer, if it still holds; otherwise a new one. */
  async #read(query: SeriesQuery): Promise<SeriesRead> {
    const kept = KEPT.get(this.#world) ?? new Map<string, SeriesRead>();
    KEPT.set(this.#world, kept);
    const key = JSON.stringify(query);
    const known = this.#world.random.chance(0.5) ? kept.get(key) : undefined;
    const still = known && (await this.#reader.recheck(query, known.heads));
    if (still) this.rechecks++;
    const answer = known && still ? { ...known, ...still } : await this.#reader.readSeries(query);
    kept.set(key, answer);
    return answer;
  }
}

type Bounds = readonly [before: number | undefined, after: number | undefined];

function expectWithin(where: string, shown = 0, [before = 0, after = 0]: Bounds): void {
  if (shown < before) throw new Error(`${where}: ${shown} shown, ${before} counted before`);
  if (shown > after) throw new Error(`${where}: ${shown} shown, ${after} counted after`);
}
