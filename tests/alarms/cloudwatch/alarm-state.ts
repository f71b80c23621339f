import type { Alarm, TreatMissingData } from './alarm.ts';
import type { Datapoints } from './datapoints.ts';
import { evaluateMath, type Series } from './metric-math.ts';

export type AlarmState = 'OK' | 'ALARM';

/** One answer to the questions that CloudWatch's documents leave open. An alarm must be right with each answer. */
export interface Reading {
  /**
   * The values that CloudWatch retrieves beyond the evaluation periods. The documents say only that it retrieves more.
   */
  readonly extraPeriods: number;
  /** The time from the sending of a value until CloudWatch sees it. */
  readonly delayMs: number;
  /** See MathInput. */
  readonly missingIsZero: boolean;
}

/** All values that were sent, and the way in which CloudWatch reads them. */
interface Seen {
  readonly datapoints: Datapoints;
  readonly reading: Reading;
}

/**
 * The state of an alarm at one of its evaluations, which happen every minute. Its periods are counted back from that
 * minute: the window slides with it. See "How alarm state is evaluated when data is missing" in CloudWatch's user
 * guide.
 */
export function stateAt(alarm: Alarm, at: number, seen: Seen): AlarmState {
  const values = retrieve(alarm, at, seen);
  return decide(
    values.map((value) => (value === undefined ? undefined : alarm.isBreaching(value))),
    alarm,
  );
}

/** The values that the alarm compares: one for each period of the evaluation range, the oldest first. */
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

/** The settings of an alarm that decide its state. */
interface Rule {
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly missing: TreatMissingData;
}

/**
 * The state from a list of breaches (undefined: no value), the oldest first. The newest existing values count, from the
 * whole range. If they are fewer than the evaluation periods, the alarm's setting for missing data stands for the rest.
 */
export function decide(breaches: readonly (boolean | undefined)[], rule: Rule): AlarmState {
  const found = breaches.filter((breach) => breach !== undefined).slice(-rule.evaluationPeriods);
  const missing = rule.evaluationPeriods - found.length;
  const breaching = found.filter(Boolean).length + (rule.missing === 'breaching' ? missing : 0);
  return breaching >= rule.datapointsToAlarm ? 'ALARM' : 'OK';
}
