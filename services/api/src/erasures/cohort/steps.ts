import type { Erasure, ErasureStep, NextStep } from '@weir/dynamodb/erasures';

const HOUR_MS = 3_600_000;
/** Hours of arrival in which lines may still appear: longer than the stream keeps a record. */
const LATE_HOURS = 8 * 24;

/** When steps may be taken. Milliseconds. */
export interface StepTimes {
  /** Past `until`, when nothing can arrive any more: longer than stream and consumer keep a record. */
  readonly lastMs: number;
  /** After the step before: longer than an object stays that a crash left without a name. */
  readonly orphansMs: number;
}

/** Hours since the epoch, by arrival; both are included. */
export interface HourRange {
  readonly fromHour: number;
  readonly toHour: number;
}

/** The hour of an arrival, counted since the epoch. */
export function hourOf(arrival: number): number {
  return Math.floor(arrival / HOUR_MS);
}

/** The hours that a step looks at. */
export function hoursOf({ step, until }: Pick<Erasure, 'step' | 'until'>): HourRange {
  const toHour = hourOf(until - 1);
  return { fromHour: isLate(step) ? toHour - LATE_HOURS : 0, toHour };
}

/** Whether a step looks at what arrived late, when all of it is in runs. */
export function isLate(step: ErasureStep): boolean {
  return step === 'closed' || step === 'last';
}

/** What follows a step that was taken. */
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

/** A step that could not be taken, once more: in an hour, and later each time that it fails. */
export function again({ step }: Pick<Erasure, 'step'>, now: number, tries = 0): NextStep {
  return { status: 'running', step, dueAt: now + HOUR_MS * 2 ** Math.max(tries - 1, 0), tries };
}
