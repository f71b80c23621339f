import type { Endpoint, WebhooksStore } from '@weir/dynamodb/webhooks';
import type { PostMessage } from '@weir/webhooks/sending';
import type { SendDeliveries } from '../queues/delivery-message.ts';

/** What an attempt needs. */
export interface DeliverDeps {
  readonly store: Pick<
    WebhooksStore,
    'claim' | 'finish' | 'findMessage' | 'findEndpoint' | 'setHealth' | 'disableEndpoint' | 'removeDelivery'
  >;
  /** An endpoint as it is, or was a moment ago: a process asks the table for each about once a second. */
  readonly findRecent: (endpointId: string) => Promise<Endpoint | undefined>;
  readonly post: PostMessage;
  readonly send: SendDeliveries;
  readonly now: () => number;
  /** Runs something after so many milliseconds, unless the returned function is called before. */
  readonly later: (ms: number, run: () => void) => () => void;
  /** From 0 (inclusive) to 1 (exclusive). */
  readonly random: () => number;
}
