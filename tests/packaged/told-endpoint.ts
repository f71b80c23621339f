import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { newSymmetricSecret } from '@weir/webhooks';
import { type ReceivedMessage, startWebhookReceiver } from '../e2e/webhook-receiver.ts';
import { STAGE } from './packaged-stage.ts';

/** The address that the rule names. */
export const MAILED = 'packaged@shop.example';

/** A rule that fires at the first event of an action, and the receiver that is told. */
export async function createToldEndpoint(
  client: Parameters<typeof createDynamoAlertsStore>[0]['client'],
  action: string,
): Promise<{ first: () => Promise<ReceivedMessage>; close: () => Promise<void> }> {
  const access = { client, tableName: `weir-${STAGE}-notifications` };
  const secret = newSymmetricSecret(Buffer.alloc(24, 7));
  const receiver = await startWebhookReceiver(() => secret);
  const now = Date.now();
  const channels = { channels: [{ type: 'webhook' } as const, { type: 'email', to: MAILED } as const] };
  await createDynamoWebhooksStore(access).createEndpoint({
    ...{ id: 'packaged', url: receiver.url, events: ['alert.fired'], format: 'standard', asymmetric: false },
    ...{ secrets: [{ secret, until: undefined }], createdAt: now, keyId: 'packaged' },
  });
  await createDynamoAlertsStore(access).create({
    ...{ id: 'packaged', name: 'any', action, field: 'count', interval: 'minute', comparison: 'above', threshold: 0 },
    ...{ lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true, ...channels },
    ...{ revision: 1, since: now - 60_000, createdAt: now, updatedAt: now, state: { version: 0 } },
  });
  return { first: () => receiver.until(() => true), close: () => receiver.close() };
}
