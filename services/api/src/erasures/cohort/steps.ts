import type { Erasure, ErasureStep, NextStep } from '@weir/dynamodb/erasures';

const HOUR_MS = 3_600_000;
/** The number of hours of arrival in which lines may still appear: longer than the stream keeps a record. */
const LATE_HOURS = 8 * 24;

/** The times between steps, in milliseconds. */
export interface StepTimes {
  /**
   * From `until` to the last pass, when no covered record can arrive any more: longer than stream and consumer keep a
   * record.
   */
  readonly lastMs: number;
  /** From the step before: longer than a crash can leave an object without a name. */
  readonly orphansMs: number;
}

/** Hours of arrival since the epoch. Both hours are included. */
export interface HourRange {
  readonly fromHour: number;
  readonly toHour: number;
}

/** The hour of an arrival, since the epoch. */
export function hourOf(arrival: number): number {
  return Math.floor(arrival / HOUR_MS);
}

/** The hours that a step works on. */
export function hoursOf({ step, until }: Pick<Erasure, 'step' | 'until'>): HourRange {
  const toHour = hourOf(until - 1);
  return { fromHour: isLate(step) ? toHour - LATE_HOURS : 0, toHour };
}

/** Whether a step works on late events, and so needs all of them to be in runs. */
export function isLate(step: ErasureStep): boolean {
  return step === 'closed' || step === 'last';
}

/** The step after a step that succeeded. */
export function afterStep({ step, until }: Pick<Erasure, 'step' | 'until'>, now: number, times: StepTimes): NextStep {
  const next = { status: 'running', tries: 0 } as const;
  switch (step) {
    case 'now':
      return { ...next, step: 'closed', dueAt: (hourOf(until - 1) + 1) * HOUR_MS };
    case 'closed':
      return { ...next, step: 'last', dueAt: until + times.lastMs };
    case 'last':
      return { ...next, step: 'orphans', dueAt: now + times.orphansMs };
    case 'orphans':
      return { status: 'done', at: now };
  }
}

/** No erasure is done before this time: that of its last step, if each pass comes at once. */
export function earliestEnd({ until }: Pick<Erasure, 'until'>, { lastMs, orphansMs }: StepTimes): number {
  return until + lastMs + orphansMs;
}

/** The same step again, after it failed: in an hour, and later after each failure. */
export function again({ step }: Pick<Erasure, 'step'>, now: number, tries = 0): NextStep {
  return { status: 'running', step, dueAt: now + HOUR_MS * 2 ** Math.max(tries - 1, 0), tries };
}
