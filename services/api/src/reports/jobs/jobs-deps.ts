import type { JobsStore } from '@weir/dynamodb/jobs';
import type { BudgetDeps } from '../../http/answers/or-unavailable.ts';

/** Dependencies of the routes of jobs. */
export interface JobsDeps extends BudgetDeps {
  readonly jobs: Pick<JobsStore, 'create' | 'find' | 'firstAsked' | 'list' | 'end'>;
  readonly now: () => number;
  /** Random bytes for an id. */
  readonly random: () => Uint8Array;
}
