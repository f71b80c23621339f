import type { Logger } from '@weir/logging';
import { withinBudget } from '../../times/within-budget.ts';
import { type Problem, unavailable } from './problem.ts';

/** How long a request may read before it answers 503. The function's time-out is longer. */
export const READ_BUDGET_MS = 12_000;

const IF_THIS_LASTS = 'if this lasts, the log has the reason under the id of this request (x-request-id)';

/** Dependencies of `attempt`. */
export interface BudgetDeps {
  readonly budgetMs: number;
  readonly log: Logger;
}

/**
 * The result of `work`, or a 503 if it fails or takes too long. `what` is the subject of the sentence, such as `the
 * user`.
 */
export async function orUnavailable<T>(
  { budgetMs, log }: BudgetDeps,
  what: string,
  work: Promise<T>,
): Promise<{ readonly kind: 'done'; readonly value: T } | Problem> {
  try {
    return { kind: 'done', value: await withinBudget(work, budgetMs) };
  } catch (error) {
    log.error(`Not available: ${what}`, { error });
    // It may be no outage: a stored value that cannot be read fails each time.
    return unavailable(`${what} cannot be reached or read at the moment; ${IF_THIS_LASTS}`);
  }
}
