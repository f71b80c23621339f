import { DDSketch, emptyTotals, HyperLogLog, mergeTotals } from '@weir/aggregates';
import type { LocalDay } from '@weir/calendar';
import type { CountedBucket } from '../../counts/counts-reader.ts';
import { figuresOf } from '../../counts/figures-of.ts';
import { compareText } from '../compare-text.ts';
import type { ActionFacts, DailyFacts } from '../daily-report.ts';

const HOUR_MS = 3_600_000;

/** What was counted in one day. */
export interface DayCounts {
  readonly day: LocalDay;
  readonly total: DailyFacts['total'];
  /** By count, descending, then by name. */
  readonly actions: readonly ActionFacts[];
  readonly hours: readonly { readonly start: number; readonly count: number }[];
}

/** Gathers the hours of all actions in one day. */
export class DayCountsBuilder {
  readonly #day: LocalDay;
  readonly #hours: Map<number, number>;
  readonly #hasSketches: boolean;
  readonly #users = new HyperLogLog();
  readonly #actions: ActionFacts[] = [];

  /** `hours` are the starts of all local hours of the day. */
  constructor(day: LocalDay, hours: readonly number[]) {
    this.#day = day;
    this.#hours = new Map(hours.map((start) => [start, 0]));
    // Sketches are kept by hours of UTC: a day that begins or ends within one of them has none.
    this.#hasSketches = day.from % HOUR_MS === 0 && day.to % HOUR_MS === 0;
  }

  /** Adds an action's hours; those of other days are skipped. */
  add(action: string, hours: readonly CountedBucket[]): void {
    const { from, to } = this.#day;
    const own = hours.filter(({ start, totals }) => start >= from && start < to && totals.count > 0);
    if (own.length === 0) return;
    const totals = emptyTotals();
    const users = new HyperLogLog();
    const values = new DDSketch();
    for (const hour of own) {
      mergeTotals(totals, hour.totals);
      if (hour.users) users.merge(hour.users);
      if (hour.values) values.merge(hour.values);
      this.#hours.set(hour.start, (this.#hours.get(hour.start) ?? 0) + hour.totals.count);
    }
    this.#users.merge(users);
    const sketches = this.#hasSketches ? { users, values } : { users: undefined, values: undefined };
    this.#actions.push({ action, ...figuresOf({ totals, ...sketches }) });
  }

  build(): DayCounts {
    const count = this.#actions.reduce((sum, facts) => sum + facts.count, 0);
    return {
      day: this.#day,
      total: { count, users: this.#hasSketches ? this.#users.estimate() : null },
      actions: this.#actions.toSorted((a, b) => b.count - a.count || compareText(a.action, b.action)),
      hours: [...this.#hours]
        .map(([start, hourCount]) => ({ start, count: hourCount }))
        .sort((a, b) => a.start - b.start),
    };
  }
}
