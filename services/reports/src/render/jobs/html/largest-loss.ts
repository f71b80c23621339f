import type { FunnelResult } from '../../../kinds/results.ts';

export type Steps = Pick<FunnelResult, 'steps'>;

/** The step that the most users did not reach, of those who did the one before. */
export interface Loss {
  /** From 2 on. */
  readonly step: number;
  readonly lost: number;
  readonly before: number;
}

/** Undefined where nobody is lost. */
export function largestLoss({ steps }: Steps): Loss | undefined {
  const losses = steps.slice(1).map(({ users }, at) => {
    const before = steps[at]?.users ?? 0;
    return { step: at + 2, lost: before - users, before };
  });
  return losses.filter(({ lost }) => lost > 0).sort((a, b) => b.lost - a.lost)[0];
}
