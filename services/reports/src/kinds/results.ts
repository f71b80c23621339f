/** What was counted of one action in some time. Users and percentiles are null where a day is not of whole UTC hours. */
export interface SummaryFigures {
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly users: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
}

/** One action in the whole range. */
export interface SummaryAction extends SummaryFigures {
  readonly action: string;
}

/** One action on one day on which it was counted. */
export interface SummaryDay extends SummaryAction {
  /** `YYYY-MM-DD` in the question's zone. */
  readonly date: string;
}

/** A summary. Ten years of a thousand actions have millions of rows of days: they are read, never held. */
export interface SummaryResult {
  readonly kind: 'summary';
  /** All actions together. */
  readonly total: { readonly count: number; readonly users: number | null };
  /** By count, descending, then by name. */
  readonly actions: readonly SummaryAction[];
  /** All dates of the range, in order, with the count of all actions: what a chart needs. */
  readonly dates: readonly { readonly date: string; readonly count: number }[];
  /** Day by day in order, and in a day by name. It can be read more than once. */
  readonly days: () => AsyncIterable<readonly SummaryDay[]>;
  /** Everything is counted that arrived before this time (ms); null before the first event and the first sweep. */
  readonly asOf: number | null;
}

/** The users whose first event in the range was in one week, and how many of them came again. */
export interface RetentionCohort {
  /** The ISO week in the question's zone: `2026-W40`. */
  readonly week: string;
  readonly size: number;
  /** Users by week since the first, which has all of them. */
  readonly active: readonly number[];
}

export interface RetentionResult {
  readonly kind: 'retention';
  /** In order of week. */
  readonly cohorts: readonly RetentionCohort[];
  /** Events of erased people, who are no users. */
  readonly erasedEvents: number;
}

export interface FunnelResult {
  readonly kind: 'funnel';
  /** In the question's order. `renderJob` adds the fractions `ofFirst` and `ofPrevious`. */
  readonly steps: readonly { readonly action: string; readonly users: number }[];
  readonly windowSeconds: number;
  readonly erasedEvents: number;
}

export type JobResult = SummaryResult | RetentionResult | FunnelResult;
