import { DDSketch, emptyTotals, HyperLogLog, mergeTotals } from '@weir/aggregates';
import { figuresOf } from '../../counts/figures-of.ts';
import { compareText } from '../../daily/compare-text.ts';
import type { SummaryResult } from '../results.ts';
import type { CountedDay } from './day-codec.ts';

/** The days of a summary, together. It holds one set of sketches for each action, and a count for each day. */
export class MergedDays {
  readonly #actions = new Map<
    string,
    { totals: ReturnType<typeof emptyTotals>; users: HyperLogLog; values: DDSketch }
  >();
  readonly #users = new HyperLogLog();
  readonly #dates: { date: string; count: number }[] = [];
  #hasSketches = true;
  #asOf = Number.POSITIVE_INFINITY;

  add(date: string, { actions, hasSketches, asOf }: CountedDay): void {
    let count = 0;
    for (const [action, { totals, users, values }] of actions) {
      const into = this.#of(action);
      mergeTotals(into.totals, totals);
      count += totals.count;
      if (!users || !values) continue;
      into.users.merge(users);
      into.values.merge(values);
      this.#users.merge(users);
    }
    this.#dates.push({ date, count });
    this.#hasSketches &&= hasSketches;
    this.#asOf = Math.min(this.#asOf, asOf ?? Number.POSITIVE_INFINITY);
  }

  /** As the API does, it knows users and percentiles only if each day of the range has them, empty ones included. */
  result(): Omit<SummaryResult, 'kind' | 'days'> {
    const actions = [...this.#actions].map(([action, { totals, users, values }]) => {
      const sketches = this.#hasSketches ? { users, values } : { users: undefined, values: undefined };
      return { action, ...figuresOf({ totals, ...sketches }) };
    });
    return {
      total: {
        count: this.#dates.reduce((sum, { count }) => sum + count, 0),
        users: this.#hasSketches ? this.#users.estimate() : null,
      },
      actions: actions.sort((a, b) => b.count - a.count || compareText(a.action, b.action)),
      dates: this.#dates,
      asOf: Number.isFinite(this.#asOf) ? this.#asOf : null,
    };
  }

  #of(action: string) {
    const found = this.#actions.get(action);
    if (found) return found;
    const created = { totals: emptyTotals(), users: new HyperLogLog(), values: new DDSketch() };
    this.#actions.set(action, created);
    return created;
  }
}
