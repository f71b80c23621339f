import type { UserFollower } from '../by-user/event-reducer.ts';

export interface FunnelRules {
  /** The number of each step's action. */
  readonly steps: readonly number[];
  /** The first step is before this time. */
  readonly to: number;
  readonly windowMs: number;
}

const NEVER = Number.NEGATIVE_INFINITY;

/**
 * Counts users by the furthest step that they reach, from whichever of their starts. Of the starts from which a step can
 * be reached, only the latest counts: it leaves the most time for the steps that follow.
 */
export function followSteps({ steps, to, windowMs }: FunnelRules): UserFollower<readonly number[]> {
  const users = new Array<number>(steps.length).fill(0);
  /** For each step, the latest start from which the user has reached it. */
  const starts = new Float64Array(steps.length);
  let reached = 0;
  return {
    begin() {
      starts.fill(NEVER);
      reached = 0;
    },
    add(timestamp, action) {
      // The last step first: an event is one step of a way, not two.
      for (let step = steps.length - 1; step >= 0; step--) {
        if (steps[step] !== action) continue;
        const start = step > 0 ? (starts[step - 1] as number) : timestamp;
        if (step > 0 ? timestamp - start > windowMs : timestamp >= to) continue;
        starts[step] = start;
        reached = Math.max(reached, step + 1);
      }
    },
    end() {
      for (let step = 0; step < reached; step++) users[step] = (users[step] ?? 0) + 1;
    },
    result: () => users,
  };
}
