import type { WebhooksStore } from '@weir/dynamodb/webhooks';
import type { CheckedUrl } from '@weir/webhooks/addresses';
import type { BudgetDeps } from '../../http/answers/or-unavailable.ts';
import type { Cursors } from '../../http/requests/cursor.ts';

/** Dependencies of the routes of webhooks. */
export interface WebhooksDeps extends BudgetDeps {
  readonly webhooks: Pick<
    WebhooksStore,
    | 'createEndpoint'
    | 'findEndpoint'
    | 'listEndpoints'
    | 'updateEndpoint'
    | 'removeEndpoint'
    | 'putMessage'
    | 'findDelivery'
    | 'listDeliveries'
    | 'retry'
    | 'recover'
  >;
  /** Whether messages may be sent to a URL. */
  readonly checkUrl: (url: string) => Promise<CheckedUrl>;
  readonly cursors: Cursors;
  readonly now: () => number;
  /** Returns 32 random bytes that are good enough for secrets. */
  readonly random: () => Uint8Array;
}
