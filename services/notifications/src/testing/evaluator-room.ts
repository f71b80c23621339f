import { type Alert, BUCKET_MS } from '@weir/alerts';
import type { StoredEntry } from '@weir/dynamodb';
import { type AlertsState, emptyAlertsState, MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { append, type CountedEvent, countingEntry } from '@weir/dynamodb/memory/counted';
import { createEvaluator, type Evaluate } from '../evaluate/evaluate-batch.ts';

export const MINUTE = BUCKET_MS.minute;
/** The start of an hour. */
export const START = 1_764_000_000_000;
const LOG = '1764000000.0';

/** An evaluator on stores in memory, one log, and a clock that is moved. */
export class EvaluatorRoom {
  now = START;
  readonly state: AlertsState = emptyAlertsState();
  readonly alerts = new MemoryAlertsStore(undefined, this.state);
  readonly metrics = new MemoryMetricsStore();
  /** What evaluators ask the metrics. */
  readonly calls: string[] = [];
  #evaluate: Evaluate = this.#newEvaluator();

  /** By default, the rule is above two events of `checkout` in a minute. */
  make(more: Partial<Alert> = {}) {
    const rule: Alert = {
      ...{ name: 'many', action: 'checkout', field: 'count', interval: 'minute', comparison: 'above', threshold: 2 },
      ...{ lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true, channels: [{ type: 'webhook' }] },
      ...{ id: 'a1', revision: 1, since: START, createdAt: START, updatedAt: START, state: { version: 0 }, ...more },
    };
    const { threshold: _threshold, ...relative } = rule;
    return this.alerts.create(rule.relative ? relative : rule);
  }

  /** A caller changes the rule. */
  async change(more: Partial<Alert>) {
    const alert = this.rule();
    return this.alerts.update({ ...alert, ...more, updatedAt: this.now }, alert);
  }

  /** Goes on with another instance, by default one with nothing in memory. Gives the one before. */
  restart(evaluate = this.#newEvaluator()): Evaluate {
    const before = this.#evaluate;
    this.#evaluate = evaluate;
    return before;
  }

  /** Appends an entry of events of a minute after the start, and returns it as the table's stream does. */
  append(count: number, minute: number, more: Partial<CountedEvent> = {}): Promise<StoredEntry> {
    const event = { action: 'checkout', at: START + minute * MINUTE, ...more };
    return this.appendEvents(Array.from({ length: count }, () => event));
  }

  /** By default they arrive now. */
  async appendEvents(events: readonly CountedEvent[], arrival = this.now): Promise<StoredEntry> {
    const before = await this.metrics.readAfter(LOG, -1);
    if (before.length === 0) await this.metrics.register(LOG, []);
    await append(this.metrics, LOG, countingEntry(before.length, events, arrival));
    const [entry] = await this.metrics.readAfter(LOG, before.length - 1);
    return entry as StoredEntry;
  }

  /** Events of a minute after the start, which arrive now. */
  async arrive(count: number, minute: number, more: Partial<CountedEvent> = {}) {
    await this.evaluate([await this.append(count, minute, more)]);
  }

  /** The progress says, some seconds later, that all is counted that arrived before this minute. */
  async close(minute: number) {
    this.now = Math.max(this.now, START + minute * MINUTE + 5000);
    await this.evaluate([], START + minute * MINUTE);
  }

  evaluate(entries: readonly StoredEntry[], closedUpTo?: number) {
    return this.#evaluate({ entries, closedUpTo });
  }

  rule(id = 'a1'): Alert {
    const alert = this.state.alerts.get(id);
    if (!alert) throw new Error(`there is no rule ${id}`);
    return alert;
  }

  firing(minute: number, id = 'a1') {
    return this.state.firings.get(`${id}-${START + minute * MINUTE}`);
  }

  /** The minute, and whether it was told, of each firing; and the minute that ended it. */
  story(id = 'a1') {
    const minuteOf = ({ bucket }: { readonly bucket: { readonly start: number } }) => (bucket.start - START) / MINUTE;
    return [...this.state.firings.values()]
      .filter(({ alertId }) => alertId === id)
      .sort((one, other) => one.bucket.start - other.bucket.start)
      .map((firing) => {
        const end = firing.recovery ? ` until ${minuteOf(firing.recovery)}` : '';
        return `${firing.notified ? 'told' : 'untold'} ${minuteOf(firing)}${end}`;
      });
  }

  #newEvaluator(): Evaluate {
    const counts = new MemoryMetricsStore(async (operation) => void this.calls.push(operation), this.metrics.items);
    return createEvaluator({ counts, alerts: this.alerts, now: () => this.now });
  }
}
