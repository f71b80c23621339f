import type { Alarm, TreatMissingData } from './alarm.ts';
import type { Datapoints } from './datapoints.ts';
import { evaluateMath, type Series } from './metric-math.ts';

export type AlarmState = 'OK' | 'ALARM';

/** What CloudWatch's documents leave open, decided one way. An alarm must do right whichever way it is. */
export interface Reading {
  /** How many values CloudWatch retrieves beyond the alarm's evaluation periods; it says only that it retrieves more. */
  readonly extraPeriods: number;
  /** How much later than it was sent a value can be seen. */
  readonly delayMs: number;
  /** See MathInput. */
  readonly missingIsZero: boolean;
}

/** What was sent, and how CloudWatch reads it. */
interface Seen {
  readonly datapoints: Datapoints;
  readonly reading: Reading;
}

/**
 * The state of an alarm at one of its evaluations, each minute. Its periods are counted back from that minute: the window
 * slides with it. See "How alarm state is evaluated when data is missing" in CloudWatch's user guide.
 */
export function stateAt(alarm: Alarm, at: number, seen: Seen): AlarmState {
  const values = retrieve(alarm, at, seen);
  return decide(
    values.map((value) => (value === undefined ? undefined : alarm.isBreaching(value))),
    alarm,
  );
}

/** What the alarm compares, one value a period of the evaluation range, the oldest first. */
function retrieve({ source, periodMs, evaluationPeriods }: Alarm, at: number, { datapoints, reading }: Seen) {
  const count = evaluationPeriods + reading.extraPeriods;
  const sentBy = at - reading.delayMs;
  const series = new Map<string, Series>();
  for (const metric of source.metrics) {
    const valueBefore = (periodsAgo: number) => {
      const to = at - periodsAgo * periodMs;
      return datapoints.aggregate(metric, metric.statistic, { from: to - periodMs, to, sentBy });
    };
    series.set(
      metric.id,
      Array.from({ length: count }, (_, i) => valueBefore(count - 1 - i)),
    );
  }
  const metrics = source.metrics.map(({ id }) => id);
  const { missingIsZero } = reading;
  for (const { id, text } of source.expressions) series.set(id, evaluateMath(text, { series, metrics, missingIsZero }));
  return series.get(source.returned) ?? [];
}

/** What decides, of an alarm. */
interface Rule {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missing: TreatMissingData;
}

/**
 * From what breaches (undefined: no value), the oldest first. The newest values that are there count, from anywhere in the
 * range; only as many as are then missing are taken for what the alarm says.
 */
export function decide(breaches: readonly (boolean | undefined)[], rule: Rule): AlarmState {
  const found = breaches.filter((breach) => breach !== undefined).slice(-rule.evaluationPeriods);
  const missing = rule.evaluationPeriods - found.length;
  const breaching = found.filter(Boolean).length + (rule.missing === 'breaching' ? missing : 0);
  return breaching >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
}
