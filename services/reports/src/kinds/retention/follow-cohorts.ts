import type { UserFollower } from '../by-user/event-reducer.ts';

/** For each week of a cohort, the users who were active in it and in later weeks. */
export type CohortTable = readonly (readonly number[])[];

/** Counts users by the week of their first event, and by the weeks in which they have one. */
export function followCohorts(starts: readonly number[]): UserFollower<CohortTable> {
  const table = starts.map((_, week) => new Array<number>(starts.length - week).fill(0));
  let week = 0;
  let cohort: number[] | undefined;
  let first = 0;
  let last = -1;
  return {
    begin() {
      week = 0;
      last = -1;
      cohort = undefined;
    },
    add(timestamp) {
      // Events come in the order of time.
      while ((starts[week + 1] ?? Number.POSITIVE_INFINITY) <= timestamp) week++;
      if (!cohort) {
        first = week;
        cohort = table[week];
      }
      if (!cohort || week === last) return;
      cohort[week - first] = (cohort[week - first] ?? 0) + 1;
      last = week;
    },
    end() {},
    result: () => table,
  };
}
