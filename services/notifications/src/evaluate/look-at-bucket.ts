import {
  type Alert,
  type AlertRule,
  BUCKET_MS,
  baselineDistance,
  closeOf,
  type Figures,
  type Judgement,
  judge,
  type Observation,
} from '@weir/alerts';

/** A bucket that closed so long ago is told late: after an outage. */
const LATE_MS = 300_000;

/** Where a bucket's figures come from. */
export interface Figured {
  figures(series: { readonly pattern: string; readonly interval: AlertRule['interval'] }, start: number): Figures;
  /** Buckets that close up to this time are closed; undefined before the first progress. */
  readonly closedUpTo: number | undefined;
  /** Buckets that close up to this time were judged. */
  readonly judgedUpTo: number | undefined;
  /** Arrival up to which everything is counted; undefined before the first event and the first sweep. */
  readonly asOf: number | undefined;
}

/** What a rule says of a bucket, and what it saw. */
export interface Look extends Judgement {
  readonly observation: Observation | undefined;
}

/** Which bucket is looked at, when, and whether as it closes. */
export interface LookedAt {
  readonly start: number;
  readonly now: number;
  readonly isClosing: boolean;
}

/** Judges a bucket by what is counted now. Without a value there is no observation. */
export function lookAtBucket(counts: Figured, alert: Alert, { start, now, isClosing }: LookedAt): Look {
  const { interval, relative } = alert;
  const series = { pattern: alert.action, interval };
  const { closedUpTo, asOf } = counts;
  const before = start - baselineDistance(alert);
  const own = counts.figures(series, start);
  const judgement = judge(alert, own, relative && counts.figures(series, before));
  const { value, baseline } = judgement;
  const close = closeOf(alert, start);
  const bucket = { start, end: start + BUCKET_MS[interval], interval, closed: isClosed(closedUpTo, close) };
  // What may still grow is no baseline for a bucket that is open itself.
  const isSettled = bucket.closed || !relative || isClosed(closedUpTo, closeOf(alert, before));
  if (value === null || !isSettled) return { ...judgement, verdict: 'unknown', observation: undefined };
  const seen = { bucket, value, ...(baseline !== undefined && { baseline }), count: own.count };
  // What has been judged at its close is judged again as events came late.
  const late = now - close > LATE_MS || (!isClosing && isClosed(counts.judgedUpTo, close));
  return { ...judgement, observation: { ...seen, asOf, late } };
}

/** Whether a bucket that closes at a time is closed. */
export function isClosed(closedUpTo: number | undefined, close: number): boolean {
  return closedUpTo !== undefined && closedUpTo >= close;
}
