import type { DDSketch } from './ddsketch.ts';
import type { HyperLogLog } from './hyper-log-log.ts';
import type { Totals } from './types.ts';

/** Users and values of one hour. */
export interface HourSketches {
  readonly users: HyperLogLog;
  readonly values: DDSketch;
}

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
