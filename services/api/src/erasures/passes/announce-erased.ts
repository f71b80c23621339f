import type { Erasure } from '@weir/dynamodb/erasures';
import { makeMessageId, type WebhooksStore } from '@weir/dynamodb/webhooks';
import type { UserErasedData, WebhookEvent } from '@weir/webhooks';
import { earliestEnd, type StepTimes } from '../cohort/steps.ts';

const TYPE = 'user.erased' satisfies WebhookEvent;

/** Tells endpoints that a user is erased. It may be called again for the same erasure: each endpoint is told once. */
export type AnnounceErased = (erasure: Pick<Erasure, 'id' | 'userId' | 'until'>) => Promise<void>;

export interface AnnounceErasedDeps {
  readonly webhooks: Pick<WebhooksStore, 'allEndpoints' | 'putMessage'>;
  readonly times: StepTimes;
  readonly now: () => number;
}

/** Makes the message of an erasure; the table's stream has it sent. What has been delivered names nobody any more. */
export function createAnnounceErased({ webhooks, times, now }: AnnounceErasedDeps): AnnounceErased {
  return async ({ id: erasureId, userId, until }) => {
    const endpoints = (await webhooks.allEndpoints()).filter(({ events }) => events.includes(TYPE));
    if (endpoints.length === 0) return;
    const erasedAt = now();
    const kept: UserErasedData = { erasureId };
    const data: UserErasedData = { erasureId, ...(userId !== undefined && { userId }), erasedAt: rfc3339(erasedAt) };
    // The same when the last step is repeated, and another one if the user came back and is erased again. Its time is near
    // that of the announcement: a recovery asks for messages by their times, and they are kept from then on.
    const id = makeMessageId(earliestEnd({ until }, times), `${TYPE} ${erasureId} ${until}`);
    const targets = endpoints.map((endpoint) => ({ endpointId: endpoint.id, isHeld: endpoint.status === 'disabled' }));
    await webhooks.putMessage(
      { id, type: TYPE, timestamp: erasedAt, data, kept },
      { targets, now: erasedAt, isAsked: true },
    );
  };
}

function rfc3339(time: number): string {
  return new Date(time).toISOString();
}
