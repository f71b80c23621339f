import type { AlertsStore } from '@weir/dynamodb/alerts';
import type { CountsStore } from '../counts/merged-counts.ts';

/** What an evaluator calls of the alerts. */
export type EvaluatedAlerts = Pick<
  AlertsStore,
  'all' | 'find' | 'findFiring' | 'fire' | 'recover' | 'readCursor' | 'moveCursor'
>;

export interface EvaluatorDeps {
  readonly counts: CountsStore;
  readonly alerts: EvaluatedAlerts;
  readonly now: () => number;
}
