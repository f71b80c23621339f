import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { useWeir } from './shared-weir.ts';
import { startWebhookReceiver, type WebhookReceiver } from './webhook-receiver.ts';

const TIMEOUT_MS = 60_000;
/** A process asks the table for an endpoint about once a second. */
const KNOWN_MS = 2_000;

/** The parts of an answer that this test reads. */
interface Delivery {
  readonly id: string;
  readonly status: string;
  readonly attempts: readonly { readonly status?: number }[];
}

describe('the endpoints of a caller', function () {
  this.timeout(120_000);
  const weir = useWeir();
  let receiver: WebhookReceiver;
  let secret = '';
  let path = '';

  const send = (method: string, to: string, body?: object) => {
    const json = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
    return weir.doors.call(to, { method, ...json });
  };

  before(async () => {
    receiver = await startWebhookReceiver(() => secret);
    const made = await send('POST', '/webhooks', { url: receiver.url, events: ['alert.fired'] });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    secret = made.body.secret;
    path = `/webhooks/${made.body.id}`;
  });

  after(async () => {
    await send('DELETE', path);
    await receiver?.close();
  });

  async function sendTest(): Promise<string> {
    const { status, body } = await send('POST', `${path}/test`);
    expect(status).to.equal(202);
    return body.id;
  }

  async function until(id: string, fits: (delivery: Delivery) => boolean): Promise<Delivery> {
    const deadline = performance.now() + TIMEOUT_MS;
    for (;;) {
      const { body } = await send('GET', `${path}/deliveries/${id}`);
      if (fits(body)) return body;
      if (performance.now() > deadline) throw new Error(`this does not change: ${JSON.stringify(body)}`);
      await sleep(50);
    }
  }

  const untilDelivered = (id: string) => until(id, ({ status }) => status === 'delivered');

  it('get a test at once, and again with the secret of a rotation', async () => {
    const id = await sendTest();
    const message = await receiver.until((received) => received.id === id);
    expect(message).to.deep.include({ type: 'endpoint.test', data: { endpointId: path.split('/').at(-1) } });
    expect((await untilDelivered(id)).attempts).to.have.length(1);
    const rotated = await send('POST', `${path}/rotate-secret`);
    // The old secret still verifies: the receiver has not changed yet.
    const second = await sendTest();
    await receiver.until((received) => received.id === second);
    secret = rotated.body.secret;
    await sleep(KNOWN_MS);
    const again = await send('POST', `${path}/deliveries/${id}/retry`);
    expect(again.status).to.equal(202);
    // For a second after the rotation a process may sign with the old secret alone: that attempt is made again.
    await until(id, ({ status, attempts }) => status === 'delivered' && attempts.length > 1);
    expect(receiver.received.filter((received) => received.id === id)).to.have.length(2);
  });

  it('get what they missed while they were disabled, when it is recovered', async () => {
    const since = new Date().toISOString();
    receiver.status = 500;
    const id = await sendTest();
    await until(id, ({ attempts }) => attempts.length === 1);
    expect((await send('PATCH', path, { status: 'disabled' })).status).to.equal(200);
    // The next attempt is due after five seconds.
    expect((await until(id, ({ status }) => status === 'held')).attempts).to.have.length(1);
    receiver.status = 200;
    expect((await send('POST', `${path}/recover`, { since })).status).to.equal(409);
    expect((await send('PATCH', path, { status: 'enabled' })).status).to.equal(200);
    expect(await send('POST', `${path}/recover`, { since })).to.deep.include({ status: 202, body: { count: 1 } });
    const { attempts } = await untilDelivered(id);
    expect(attempts.map(({ status }) => status)).to.deep.equal([500, 200]);
  });
});
