import type { NewEndpoint } from '@weir/dynamodb/webhooks';
import { newSymmetricSecret, WEBHOOK_EVENTS } from '@weir/webhooks';

/** An endpoint that takes everything. */
export function sampleEndpoint(id: string, changes: Partial<NewEndpoint> = {}): NewEndpoint {
  return {
    ...{ id, url: `https://${id}.example/hooks`, events: WEBHOOK_EVENTS, format: 'standard', asymmetric: false },
    secrets: [{ secret: newSymmetricSecret(Buffer.alloc(24, id)), until: undefined }],
    ...{ createdAt: 0, keyId: 'k1', ...changes },
  };
}
