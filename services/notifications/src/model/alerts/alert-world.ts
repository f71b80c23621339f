import { type Alert, type AlertRule, BUCKET_MS, bucketStart, type Firing, nextBucketStart } from '@weir/alerts';
import { type AlertsState, emptyAlertsState, MemoryAlertsStore } from '@weir/dynamodb/alerts/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { type Chances, type Faults, VirtualProcess, type VirtualTime } from '@weir/simulation';
import { createEvaluator, type Evaluate, type EvaluatedBatch } from '../../evaluate/evaluate-batch.ts';
import { entryName, VirtualLogs } from './virtual-logs.ts';
import { VirtualStream } from './virtual-stream.ts';
import { WatchedAlerts, WatchedFirings } from './watched-alerts.ts';

export const MINUTE = BUCKET_MS.minute;
export const HOUR = BUCKET_MS.hour;
/** How long events come. */
export const TRAFFIC_MS = 45 * MINUTE;
/** An hour before a day begins, so that days close too. */
export const START = Date.UTC(2025, 10, 24, 23);
const STREAM_SHARDS = 3;
const TIME_OUT_MS = MINUTE;

interface Instance {
  readonly evaluate: Evaluate;
  isBusy: boolean;
}

/** A stage: the logs, the table's stream with its instances, the rules, and what must hold at each write. */
export class AlertWorld {
  readonly faults: string[] = [];
  readonly state: AlertsState & { readonly firings: WatchedFirings };
  readonly metrics = new MemoryMetricsStore();
  readonly logs = new VirtualLogs(this.metrics);
  /** Entries that the table's stream has forgotten before anybody evaluated them. */
  readonly forgotten = new Set<string>();
  /** When each rule was last changed, epoch milliseconds. */
  readonly changedAt = new Map<string, number>();
  readonly streams: readonly VirtualStream[];
  /** Hears of each write of a firing, as the table's stream does. */
  noteFiring: (before: Firing | undefined, after: Firing) => void = () => {};
  readonly time: VirtualTime;
  readonly #chances: Chances;
  readonly #faults: Faults;
  readonly #instances: Instance[] = [];
  #closedUpTo = 0;

  constructor(time: VirtualTime, chances: Chances, faults: Faults) {
    this.time = time;
    this.#chances = chances;
    this.#faults = faults;
    const noteFault = (fault: string) => this.faults.push(fault);
    const alerts = new WatchedAlerts(noteFault);
    const [now, closedUpTo] = [() => this.now, () => this.closedUpTo];
    const noteWrite: AlertWorld['noteFiring'] = (before, after) => this.noteFiring(before, after);
    const firings = new WatchedFirings({ alerts, noteFault, noteWrite, now, closedUpTo });
    this.state = { ...emptyAlertsState(), alerts, firings };
    this.streams = Array.from(
      { length: STREAM_SHARDS },
      () => new VirtualStream(time, chances, (batch) => this.#invoke(batch)),
    );
  }

  get now(): number {
    return START + this.time.now;
  }

  /** A caller makes a rule, changes it, or removes it. */
  async make(id: string, rule: AlertRule): Promise<void> {
    // Events come for less than an hour: hours and days are those of a rule that was made before.
    const startOf = rule.interval === 'minute' ? nextBucketStart : bucketStart;
    const since = startOf(rule.interval, this.now);
    const alert = { ...rule, id, since, revision: 1, createdAt: this.now, updatedAt: this.now, state: { version: 0 } };
    await new MemoryAlertsStore(undefined, this.state).create(alert);
  }

  async change(id: string, changes: Partial<AlertRule>): Promise<void> {
    const alert = this.state.alerts.get(id);
    if (alert && isValid({ ...alert, ...changes })) await this.#update(alert, { ...alert, ...changes });
  }

  async #update(alert: Alert, changed: Alert): Promise<void> {
    const isOther = (['action', 'field', 'interval'] as const).some((name) => changed[name] !== alert[name]);
    const isAnew = isOther || (changed.enabled && !alert.enabled);
    const since = isAnew ? nextBucketStart(changed.interval, this.now) : alert.since;
    const store = new MemoryAlertsStore(undefined, this.state);
    await store.update({ ...changed, since, updatedAt: this.now }, alert);
    this.changedAt.set(alert.id, this.now);
  }

  /** A caller has it compare something else. */
  async compare(id: string, condition: Pick<AlertRule, 'field' | 'comparison' | 'threshold' | 'relative'>) {
    const alert = this.state.alerts.get(id);
    if (!alert) return;
    const { threshold: _threshold, relative: _relative, ...rule } = alert;
    if (isValid({ ...rule, ...condition })) await this.#update(alert, { ...rule, ...condition });
  }

  async remove(id: string): Promise<void> {
    await new MemoryAlertsStore(undefined, this.state).remove(id);
  }

  /** What waits in a shard becomes entries, which go through the table's stream. */
  async append(logId: string): Promise<void> {
    const stream = this.#streamOf(logId);
    for (const entry of await this.logs.append(logId)) {
      stream.push({ entries: [entry], closedUpTo: undefined }, entryName({ ...entry, logId }));
    }
  }

  /** The sweep of each minute. */
  writeProgress(): void {
    const closedUpTo = this.logs.closedUpTo(this.now);
    if (closedUpTo <= this.#closedUpTo) return;
    this.#closedUpTo = closedUpTo;
    this.#streamOf('progress').push({ entries: [], closedUpTo });
  }

  get closedUpTo(): number {
    return this.#closedUpTo;
  }

  #streamOf(partition: string): VirtualStream {
    const hash = [...partition].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7);
    return this.streams[hash % STREAM_SHARDS] as VirtualStream;
  }

  /** A warm instance, or a new one. After a failure, or when it took too long, it gets no batch any more. */
  async #invoke(batch: EvaluatedBatch): Promise<void> {
    const idle = this.#instances.filter(({ isBusy }) => !isBusy);
    const instance = idle.length > 0 && !this.#chances.is(0.1) ? this.#chances.one(idle) : this.#start();
    instance.isBusy = true;
    const timeOut = new Promise<never>((_, reject) => {
      this.time.after(TIME_OUT_MS, () => reject(new Error('it took too long')));
    });
    await Promise.race([instance.evaluate(batch), timeOut]);
    instance.isBusy = false;
  }

  #start(): Instance {
    const process = new VirtualProcess(this.time, this.#chances, this.#faults);
    const alerts = process.lossy(new MemoryAlertsStore(process.turn, this.state), () => {});
    const counts = process.lossy(new MemoryMetricsStore(process.turn, this.metrics.items), () => {});
    const instance = { evaluate: createEvaluator({ counts, alerts, now: () => this.now }), isBusy: false };
    this.#instances.push(instance);
    return instance;
  }
}

/** Minutes have no users and percentiles, and no callers' rules on them. */
function isValid({ interval, field }: AlertRule): boolean {
  return interval !== 'minute' || !isSketched(field);
}

export function isSketched(field: AlertRule['field']): boolean {
  return field === 'users' || field === 'p95';
}

/** Whether a rule is true or false of each bucket. */
export function isAlwaysKnown({ field, relative }: AlertRule): boolean {
  return field !== 'mean' && field !== 'p95' && !relative;
}

/** A rule that is as it was made, or long enough since it was changed. */
export function isJudgedAsIs(alert: Alert, start: number, changedAt: number | undefined): boolean {
  // Instances may know the rule as it was for half a minute.
  return start >= alert.since && start >= (changedAt ?? 0) + MINUTE;
}
