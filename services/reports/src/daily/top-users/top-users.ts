import type { LocalDay } from '@weir/calendar';
import type { TopUsers } from '../daily-report.ts';

/** A day whose top users are wanted, and what was counted of it. */
export interface CountedDay {
  readonly day: LocalDay;
  readonly timeZone: string;
  /** Events of all actions. */
  readonly count: number;
  /** SHA-256 of the day's canonical facts. */
  readonly digest: string;
}

/** `counting`: a job is under way. `none`: there is nothing to wait for, as the job has failed or disagrees. */
export type TopUsersState =
  | { readonly state: 'known'; readonly topUsers: TopUsers }
  | { readonly state: 'counting' | 'none' };

/** Finds the top users of a day, and has them counted if they are not yet. Repeatable. */
export type FindTopUsers = (day: CountedDay) => Promise<TopUsersState>;
