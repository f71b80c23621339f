import type { HourSketches } from '../sketches/hour-sketches.ts';
import type { Totals } from '../totals/totals.ts';

/** The action under which events of actions over the limit are counted. */
export const OTHER_ACTION = '__other__';

/** What an entry adds to one action. */
export interface ActionDelta {
  /** Earliest event time, epoch milliseconds. */
  first: number;
  /** Latest event time, epoch milliseconds. */
  last: number;
  /** By epoch minute. */
  readonly minutes: Map<number, Totals>;
  /** By epoch hour. */
  readonly hours: Map<number, HourSketches>;
}

/** What an entry adds, by action. */
export type Delta = Map<string, ActionDelta>;
