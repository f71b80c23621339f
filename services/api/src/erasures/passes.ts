import type { Care } from './erase-archive-object.ts';
import { hourOf } from './walk-area.ts';

/** Hours of arrival in which lines may still appear: longer than the stream keeps a record. */
const LATE_HOURS = 8 * 24;

/** The passes over the archive's bucket, in order. */
export const PASSES = ['now', 'closed', 'last', 'orphans'] as const;
export type Pass = (typeof PASSES)[number];

/** When passes may begin. Milliseconds. */
export interface PassTimes {
  /** Between two looks at whether the hours concerned are rewritten. */
  readonly pollMs: number;
  /** Past `until`, when nothing can arrive any more: longer than stream and consumer keep a record. */
  readonly lastMs: number;
  /** After the last pass: longer than an object stays that a crash left without a name. */
  readonly orphansMs: number;
}

/** Where an erasure stands. */
export interface Step {
  readonly pass: Pass;
  /** What the pass erases up to: when the erasure was extended, it begins again. */
  readonly until: number;
  /** When the pass may begin, epoch milliseconds. */
  readonly notBefore: number;
  /** Index into `AREAS`. */
  readonly area: number;
  readonly after: string | null;
  readonly waiting: number;
}

/** The first step of what erases up to `until`. */
export function firstStep(until: number): Step {
  return { pass: 'now', until, notBefore: 0, area: 0, after: null, waiting: 0 };
}

/** The beginning of a pass. */
export function beginPass(pass: Pass, until: number, notBefore: number): Step {
  return { pass, until, notBefore, area: 0, after: null, waiting: 0 };
}

/** What follows a pass that is over; undefined after all of them. */
export function afterPass(step: Step, now: number, times: PassTimes): Step | undefined {
  const { pass, until, waiting } = step;
  if (waiting > 0) return beginPass(pass, until, now + times.pollMs);
  if (pass === 'now') return beginPass('closed', until, 0);
  if (pass === 'closed') return beginPass('last', until, until + times.lastMs);
  return pass === 'last' ? beginPass('orphans', until, now + times.orphansMs) : undefined;
}

/** What a pass looks at, and how. */
export function rangeOf({ pass, until }: Step): { care: Care; fromHour: number; toHour: number } {
  const toHour = hourOf(until - 1);
  const care = { now: 'first', closed: 'complete', last: 'complete', orphans: 'orphans' } as const;
  const fromHour = pass === 'now' || pass === 'orphans' ? 0 : toHour - LATE_HOURS;
  return { care: care[pass], fromHour, toHour };
}
