import { expect } from 'chai';
import type { ExactBucket } from './api-door.ts';
import type { Doors } from './doors.ts';

/** An event as the tests send it. */
export interface TestEvent {
  readonly id: string;
  readonly userId: string;
  readonly action: string;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly value: number;
}

const HOUR_MS = 3_600_000;
/** The same in all calls: an event that is made again is equal. */
const madeAt = Date.now();
const WIDTHS = { minute: 60_000, hour: HOUR_MS, day: 24 * HOUR_MS } as const;

/** The options that make the events of one test differ from others. */
export interface EventRange {
  /** The beginning of every id and action. */
  readonly name: string;
  readonly from?: number;
  readonly count: number;
}

/** The events that must be counted: each once. */
export class Ledger {
  readonly #events = new Map<string, TestEvent>();

  add(events: readonly TestEvent[]): void {
    for (const event of events) this.#events.set(event.id, event);
  }

  get size(): number {
    return this.#events.size;
  }

  actions(): string[] {
    return [...new Set([...this.#events.values()].map(({ action }) => action))].sort();
  }

  /** The answer that the API must give for an action. */
  expected(action: string, interval: keyof typeof WIDTHS): { series: ExactBucket[]; total: ExactBucket } {
    const own = [...this.#events.values()].filter((event) => event.action === action);
    const byStart = Map.groupBy(own, ({ timestamp }) => timestamp - (timestamp % WIDTHS[interval]));
    const series = [...byStart]
      .sort(([a], [b]) => a - b)
      .map(([start, events]) => ({ start: new Date(start).toISOString(), ...summary(events) }));
    return { series, total: summary(own) };
  }
}

/** Events of four actions in the last three hours. Values are quarters: their sum is exact in any order. */
export function makeEvents({ name, from = 0, count }: EventRange): TestEvent[] {
  return Array.from({ length: count }, (_unused, offset) => {
    const i = from + offset;
    return {
      id: `${name}-${i}`,
      userId: `u_${i % 97}`,
      action: `${name}.${i % 4}`,
      timestamp: madeAt - ((i * 7_919_003) % (3 * HOUR_MS)),
      value: (((i * 37) % 4001) - 2000) / 4,
    };
  });
}

function summary(events: readonly TestEvent[]): ExactBucket {
  const values = events.map(({ value }) => value);
  const sum = values.reduce((total, value) => total + value, 0);
  return { count: values.length, sum, min: Math.min(...values), max: Math.max(...values) };
}

/** The exact part of the API's answer for an action of the last hours. */
export async function readExactly(doors: Doors, action: string, interval: keyof typeof WIDTHS) {
  const to = Date.now() + HOUR_MS;
  const { series, total } = await doors.series({ action, from: to - 20 * HOUR_MS, to, interval });
  return { series: (series as ExactBucket[]).map(exactPart), total: exactPart(total) };
}

function exactPart({ start, count, sum, min, max }: ExactBucket): ExactBucket {
  return { ...(start === undefined ? {} : { start }), count, sum, min, max };
}

/** Every count, sum, minimum and maximum from the API equals the ledger's: by minute, by hour, and of all time. */
export async function expectExact(doors: Doors, ledger: Ledger): Promise<void> {
  for (const action of ledger.actions()) {
    for (const interval of ['minute', 'hour'] as const) {
      expect(await readExactly(doors, action, interval)).to.deep.equal(ledger.expected(action, interval));
    }
  }
  const listed: { action: string; count: number }[] = (await doors.call('/actions')).body.items;
  const counts = new Map(listed.map(({ action, count }) => [action, count]));
  for (const action of ledger.actions()) {
    expect(counts.get(action), action).to.equal(ledger.expected(action, 'hour').total.count);
  }
}
