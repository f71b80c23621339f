import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Alert } from '@weir/alerts';
import { type Delivery, makeMessageId } from '@weir/dynamodb/webhooks';
import { newSymmetricSecret } from '@weir/webhooks';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const MINUTE_MS = 60_000;
const RULES_KNOWN_MS = 45_000;
/** A threshold that is crossed on Kinesis arrives within this time, in the median. */
const ARRIVES_WITHIN_MS = 3_000;
/** Actions whose firings are timed; for a figure, WEIR_TIMED_FIRINGS=20. */
const TIMED = Array.from({ length: Number(process.env.WEIR_TIMED_FIRINGS ?? 5) }, (_, i) => `notify.timed.${i}`);

describe('rules and webhooks', function () {
  this.timeout(120_000);
  const weir = useWeir();
  const secret = newSymmetricSecret(randomBytes(24));
  let receiver: WebhookReceiver;
  /** Ids of endpoints, and rules that tell them: all of a run are made first, as a new rule is known after half a minute. */
  const [failing, removed, disabled] = [0, 1, 2].map(() => `e2e-${randomUUID()}`) as [string, string, string];
  let crossed: Alert;

  before(async () => {
    receiver = await startWebhookReceiver(() => secret);
    crossed = await makeRule('notify.crossed', await makeEndpoint(), 2);
    for (const [action, id] of [
      ['notify.failing', failing],
      ['notify.removed', removed],
      ['notify.held', disabled],
    ] as const) {
      await makeRule(action, await makeEndpoint([], id));
    }
    await makeRule('notify.slow', failing);
    const quick = await makeEndpoint();
    for (const action of TIMED) await makeRule(action, quick);
  });
  after(() => receiver?.close());
  beforeEach(() => {
    receiver.status = 200;
  });

  /** Makes an endpoint at the receiver. */
  async function makeEndpoint(events: readonly string[] = [], id = `e2e-${randomUUID()}`): Promise<string> {
    const made = await weir.doors.webhooks.createEndpoint({
      ...{ id, url: receiver.url, events, format: 'standard', asymmetric: false },
      ...{ secrets: [{ secret, until: undefined }], createdAt: Date.now(), keyId: 'e2e' },
    });
    expect(made).to.equal('created');
    return id;
  }

  /** Makes a rule that tells an endpoint if more than this was counted of an action in a minute. */
  async function makeRule(action: string, endpointId: string, threshold = 0): Promise<Alert> {
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

  /** Sends an event of an action each second until something has come of it: rules are known after half a minute. */
  async function firing<T>(action: string, happened: () => Promise<T | undefined>): Promise<T> {
    const deadline = performance.now() + RULES_KNOWN_MS;
    for (;;) {
      await put(action, 3);
      for (let looks = 0; looks < 20; looks++, await sleep(50)) {
        const found = await happened();
        if (found !== undefined) return found;
      }
      if (performance.now() > deadline) throw new Error(`nothing came of ${action}`);
    }
  }

  const put = (action: string, count: number) =>
    weir.doors.put(
      Array.from({ length: count }, () => ({
        data: JSON.stringify({ userId: 'u1', action, timestamp: Date.now(), id: randomUUID() }),
      })),
    );
  const received = async (action: string) => receiver.received.find(({ data }) => data.action === action);

  it('tell an endpoint by a signed message, once, that a threshold was crossed on Kinesis', async () => {
    const action = 'notify.crossed';
    const { data, type } = await firing(action, () => received(action));
    expect(type).to.equal('alert.fired');
    expect(data).to.deep.include({ action, field: 'count', comparison: 'above', threshold: 2, late: false });
    expect(data.alert).to.deep.equal({ id: crossed.id, name: crossed.name });
    await put(action, 3);
    await weir.doors.settle();
    expect(receiver.received.filter((message) => message.data.action === action)).to.have.length(1);
  });

  it('arrive within three seconds', async () => {
    const took: number[] = [];
    for (const action of TIMED) {
      const at = Date.now();
      await put(action, 1);
      took.push((await receiver.until(({ data }) => data.action === action)).at - at);
    }
    took.sort((one, other) => one - other);
    const median = took[Math.floor(took.length / 2)];
    expect(median, `${took} ms`).to.be.below(ARRIVES_WITHIN_MS);
    process.stdout.write(
      `      ${took.length} firings arrived within ${took[0]} to ${took.at(-1)} ms, median ${median}\n`,
    );
  });

  const deliveryTo = async (endpointId: string) =>
    (await weir.doors.webhooks.listDeliveries(endpointId, { after: undefined, limit: 1 })).deliveries[0];

  /** Waits for a delivery of this status, and gives its message. */
  async function untilStatus(endpointId: string, status: string) {
    for (;;) {
      const delivery = await deliveryTo(endpointId);
      if (delivery?.status === status) return delivery;
      await sleep(50);
    }
  }

  it('try again what an endpoint refused, through the slow queue, and forget it with the endpoint', async () => {
    receiver.status = 503;
    const first = await firing('notify.failing', () => received('notify.failing'));
    await firing('notify.removed', () => received('notify.removed'));
    await weir.doors.webhooks.removeEndpoint(removed, Date.now());
    // It is slow by now: the next message goes through the slow queue, by the dispatcher and by the clock.
    await firing('notify.slow', () => received('notify.slow'));
    const data = { reportId: 'daily-2026-01-31', kind: 'daily', revision: 1, path: '/v1/reports/daily-2026-01-31' };
    const due = { id: makeMessageId(Date.now(), randomUUID()), type: 'report.ready', timestamp: Date.now(), data };
    const lively = await makeEndpoint();
    const targets = [failing, lively].map((endpointId) => ({ endpointId }));
    await weir.doors.webhooks.putMessage(due, { targets, now: Date.now() });
    receiver.status = 200;
    await weir.doors.invokeFunction('weir-notifications-local-clock', {});
    await receiver.until(({ id, at }) => id === first.id && at > first.at);
    for (const endpointId of [failing, lively]) {
      const found = await untilDelivered({ endpointId, messageId: due.id });
      expect(found).to.deep.include({ status: 'delivered' });
    }
    const { attempts } = await untilDelivered({ endpointId: failing, messageId: first.id });
    expect(attempts.map(({ status }) => status)).to.deep.equal([503, 200]);
    while (await deliveryTo(removed)) await sleep(50);
  });

  /** Waits until a delivery has arrived. */
  async function untilDelivered(ref: { endpointId: string; messageId: string }): Promise<Delivery> {
    for (;;) {
      const found = await weir.doors.webhooks.findDelivery(ref);
      if (found?.status === 'delivered') return found;
      await sleep(50);
    }
  }

  it('hold what a disabled endpoint would get, tell others of it, and send it when it is asked for', async () => {
    const told = await makeEndpoint(['endpoint.disabled']);
    const { webhooks } = weir.doors;
    const asked = { reason: 'asked', since: Date.now() } as const;
    const endpoint = await webhooks.findEndpoint(disabled);
    await webhooks.updateEndpoint({ id: disabled, revision: endpoint?.revision ?? 0 }, { disabled: asked });
    const { type } = await receiver.until(({ data }) => data.endpointId === disabled);
    expect(type).to.equal('endpoint.disabled');
    const held = await firing('notify.held', async () => deliveryTo(disabled));
    expect(held.status).to.equal('held');
    expect(receiver.received.filter(({ data }) => data.action === 'notify.held')).to.deep.equal([]);
    const again = await webhooks.findEndpoint(disabled);
    await webhooks.updateEndpoint({ id: disabled, revision: again?.revision ?? 0 }, { disabled: null });
    await webhooks.retry(held, Date.now());
    await receiver.until(({ id }) => id === held.messageId);
    await webhooks.removeEndpoint(told, Date.now());
  });

  it('tell of a report that is ready', async () => {
    const endpointId = await makeEndpoint(['report.ready']);
    const date = new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10);
    await weir.doors.makeReport(date);
    const { data } = await receiver.until(({ type }) => type === 'report.ready' && receiver.received.length > 0);
    expect(data).to.have.property('path');
    await untilStatus(endpointId, 'delivered');
  });

  it('send again what has dead letters, and say what they did', async () => {
    const { webhooks, bury, redriveNotifications } = weir.doors;
    const endpointId = await makeEndpoint(['report.ready']);
    const timestamp = Date.now();
    const lost = { id: makeMessageId(timestamp, randomUUID()), type: 'user.erased', timestamp, data: {} };
    // The clock would find it only in an hour.
    const made = { targets: [{ endpointId }], now: timestamp, dueAt: timestamp + 60 * MINUTE_MS };
    await webhooks.putMessage(lost, made);
    await bury('webhooks', { endpointId, messageId: lost.id, attempt: 0 });
    const day = { from: '2026-01-30T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' };
    const createdAt = new Date().toISOString();
    const files = { mail: 'reports/nobody-gets-it.eml' };
    const report = { id: `daily-${randomUUID()}`, kind: 'daily', revision: 1, ...day, createdAt, files };
    await bury('dispatch', { requestPayload: { Records: [{ Sns: { Message: JSON.stringify(report) } }] } });
    const { isDone, text } = await redriveNotifications();
    expect(text).to.match(/^Sent 1 delivery again .*\nHanded over 1 announcement again\.$/);
    expect(isDone).to.equal(true);
    await untilDelivered({ endpointId, messageId: lost.id });
    await receiver.until(({ data }) => data.reportId === report.id);
    expect((await redriveNotifications()).text).to.equal('There are no dead letters.');
  });
});
