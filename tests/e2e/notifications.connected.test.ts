import { randomBytes, randomUUID } from 'node:crypto';
import type { Alert } from '@weir/alerts';
import { newSymmetricSecret } from '@weir/webhooks';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const MINUTE_MS = 60_000;

describe('rules and webhooks', function () {
  this.timeout(120_000);
  const weir = useWeir();
  const secret = newSymmetricSecret(randomBytes(24));
  const endpointId = `e2e-${randomUUID()}`;
  let receiver: WebhookReceiver;

  before(async () => {
    receiver = await startWebhookReceiver(() => secret);
    await weir.doors.webhooks.createEndpoint({
      ...{ id: endpointId, url: receiver.url, events: ['alert.fired', 'alert.recovered'], format: 'standard' },
      ...{ asymmetric: false, secrets: [{ secret, until: undefined }], createdAt: Date.now(), keyId: 'e2e' },
    });
  });
  after(() => receiver?.close());

  /** Makes a rule that fires if more than this was counted of an action in a minute. */
  async function makeRule(action: string, threshold: number): Promise<Alert> {
    const now = Date.now();
    const alert: Alert = {
      ...{ id: randomUUID(), name: `many ${action}`, action, field: 'count', interval: 'minute', comparison: 'above' },
      ...{ threshold, lateSeconds: 60, repeat: 'recovered', cooldownSeconds: 600, enabled: true },
      ...{ channels: [{ type: 'webhook', endpointId }], revision: 1, since: now - MINUTE_MS, createdAt: now },
      ...{ updatedAt: now, state: { version: 0 } },
    };
    expect(await weir.doors.alerts.create(alert)).to.equal('created');
    return alert;
  }

  const put = (action: string, count: number) =>
    weir.doors.put(
      Array.from({ length: count }, () => ({
        data: JSON.stringify({ userId: 'u1', action, timestamp: Date.now(), id: randomUUID() }),
      })),
    );

  it('tell an endpoint by a signed message, once, that a threshold was crossed on Kinesis', async () => {
    const action = 'notify.crossed';
    const alert = await makeRule(action, 2);
    await put(action, 3);
    const { data, type } = await receiver.until((message) => message.data.action === action);
    expect(type).to.equal('alert.fired');
    expect(data).to.deep.include({ action, field: 'count', comparison: 'above', threshold: 2, late: false });
    expect(data.alert).to.deep.equal({ id: alert.id, name: alert.name });
  });
});
