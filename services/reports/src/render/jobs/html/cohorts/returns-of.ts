import type { RetentionCohort } from '../../../../kinds/results.ts';

/** Users who came again so many weeks after their first, of all whose cohort is old enough. */
export interface Returns {
  readonly users: number;
  readonly of: number;
}

/** The returns of all cohorts together; the index is the number of weeks. */
export function returnsOf(cohorts: readonly RetentionCohort[]): Returns[] {
  const weeks = cohorts.reduce((most, { active }) => Math.max(most, active.length), 0);
  return Array.from({ length: weeks }, (_, week) => {
    const old = cohorts.filter(({ active }) => active.length > week);
    return {
      users: old.reduce((sum, { active }) => sum + (active[week] ?? 0), 0),
      of: old.reduce((sum, { size }) => sum + size, 0),
    };
  });
}
