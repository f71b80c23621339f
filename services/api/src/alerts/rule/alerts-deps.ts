import type { BucketsReader, MetricsReader } from '@weir/dynamodb';
import type { AlertsStore } from '@weir/dynamodb/alerts';
import type { BudgetDeps } from '../../http/answers/or-unavailable.ts';
import type { Cursors } from '../../http/requests/cursor.ts';

/** Dependencies of the routes of rules. */
export interface AlertsDeps extends BudgetDeps {
  readonly alerts: Pick<AlertsStore, 'create' | 'find' | 'list' | 'update' | 'remove' | 'firings' | 'readCursor'>;
  readonly reader: Pick<MetricsReader, 'listActions'> & BucketsReader;
  /** Whether there is an endpoint of webhooks with this id. */
  readonly hasEndpoint: (id: string) => Promise<boolean>;
  readonly cursors: Cursors;
  readonly now: () => number;
  /** Random bytes for an id, at least 10. */
  readonly random: () => Uint8Array;
}
