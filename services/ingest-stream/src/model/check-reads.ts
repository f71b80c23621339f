import { type Calendar, type Interval, zoneCalendar } from '@weir/calendar';
import type { Bucket, MetricsReader, SeriesQuery, SeriesRead } from '@weir/dynamodb';
import { startRead } from './start-read.ts';
import { Actor, DAY_MS, HOUR_MS, type World } from './world.ts';

const ACTIONS = ['a', 'b', 'c', 'd', '__other__'];

/** What readers ask for: answers from rows of hours, from rows of days, and from both. */
export const QUESTIONS: readonly Question[] = [
  ...(['minute', 'hour', 'day', 'week', 'month'] as const).map((interval) => ({ interval, timeZone: 'UTC' })),
  ...(['hour', 'day', 'week', 'month'] as const).flatMap((interval) => [
    { interval, timeZone: 'America/New_York' },
    { interval, timeZone: 'Asia/Kathmandu' },
  ]),
];

interface Question {
  readonly interval: Interval;
  readonly timeZone: string;
}

/** The answers that all readers of a world share, by query, as the instances of a service with a cache share them. */
const KEPT = new WeakMap<World, Map<string, SeriesRead>>();

/** A reader that keeps its answers, and compares each answer with the ledger before and after. */
export class CheckedReader {
  readonly actor = new Actor();
  readonly #world: World;
  readonly #reader: MetricsReader;
  #last: readonly [action: string, question: Question] | undefined;
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
      random.chance(0.2) ? this.checkActions() : this.check(...this.#pickQuestion()),
    );
  }

  /** Often the last one again, as pages do that stay open. */
  #pickQuestion(): readonly [action: string, question: Question] {
    const { random } = this.#world;
    if (!this.#last || random.chance(0.6)) this.#last = [random.pick(ACTIONS), random.pick(QUESTIONS)];
    return this.#last;
  }

  async check(action: string, { interval, timeZone }: Question): Promise<void> {
    const { ledger, now } = this.#world;
    const calendar = calendarOf(timeZone);
    const spanMs = interval === 'minute' || interval === 'hour' ? 6 * HOUR_MS : 4 * DAY_MS;
    const range = { interval, ...calendar.roundRange({ from: now - spanMs, to: now + 1, interval }) };
    const starts = calendar.bucketStarts(range);
    const startOf = (at: number) => (at < range.to ? starts.findLast((start) => start <= at) : undefined);
    const before = ledger.series(action, startOf);
    const { buckets, asOf } = await this.#read({ action, ...range, timeZone });
    ledger.noteAsOf(asOf, now);
    const after = ledger.series(action, startOf);
    const shown = new Map(buckets.map((bucket: Bucket) => [bucket.start, bucket.count]));
    this.reads++;
    for (const start of new Set([...before.keys(), ...after.keys(), ...shown.keys()])) {
      const where = `${action} by ${interval} of ${timeZone} at ${new Date(start).toISOString()}`;
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

function calendarOf(timeZone: string): Calendar {
  const calendar = zoneCalendar(timeZone);
  if (!calendar) throw new Error(`there is no time zone ${timeZone}`);
  return calendar;
}

type Bounds = readonly [before: number | undefined, after: number | undefined];

function expectWithin(where: string, shown = 0, [before = 0, after = 0]: Bounds): void {
  if (shown < before) throw new Error(`${where}: ${shown} shown, ${before} counted before`);
  if (shown > after) throw new Error(`${where}: ${shown} shown, ${after} counted after`);
}
