import type { FunnelResult } from '../../kinds/results.ts';

/** A step of a funnel, with its parts of the users of others: from 0 to 1, null where there are none. */
export interface StepShares {
  readonly action: string;
  readonly users: number;
  readonly ofFirst: number | null;
  /** Null for the first step too. */
  readonly ofPrevious: number | null;
}

export function stepShares({ steps }: Pick<FunnelResult, 'steps'>): StepShares[] {
  return steps.map(({ action, users }, at) => ({
    action,
    users,
    ofFirst: shareOf(users, steps[0]?.users),
    ofPrevious: shareOf(users, steps[at - 1]?.users),
  }));
}

function shareOf(users: number, all: number | undefined): number | null {
  return all ? users / all : null;
}
