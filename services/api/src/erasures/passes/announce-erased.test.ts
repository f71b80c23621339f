import type { NewEndpoint } from '@weir/dynamodb/webhooks';
import { createMemoryWebhooksStore } from '@weir/dynamodb/webhooks/memory';
import { expect } from 'chai';
import { createAnnounceErased } from './announce-erased.ts';

const ERASURE = { id: 'e1', userId: 'u_42', until: 1_000 };
const DAY_MS = 86_400_000;
const ERASED_AT = 9 * DAY_MS;
const TIMES = { lastMs: 8 * DAY_MS, orphansMs: 5_400_000 };

function endpoint(id: string, events: string[]): NewEndpoint {
  return {
    ...{ id, url: 'https://receiver.example/', events, format: 'standard', asymmetric: false },
    ...{ secrets: [], createdAt: 0, keyId: 'k1' },
  };
}

async function announce(...events: string[][]) {
  const webhooks = createMemoryWebhooksStore();
  for (const [at, own] of events.entries()) await webhooks.createEndpoint(endpoint(`w${at}`, own));
  const announceErased = createAnnounceErased({ webhooks, times: TIMES, now: () => ERASED_AT });
  await announceErased(ERASURE);
  await announceErased(ERASURE);
  const deliveries = (await webhooks.listDeliveries('w0', { after: undefined, limit: 9 })).deliveries;
  return { webhooks, deliveries };
}

describe('the end of an erasure', () => {
  it('is told once to each endpoint that takes it, at once', async () => {
    const { deliveries, webhooks } = await announce(['user.erased'], ['alert.fired']);
    expect(deliveries.map(({ status, data }) => ({ status, data }))).to.deep.equal([
      { status: 'pending', data: { erasureId: 'e1', userId: 'u_42', erasedAt: '1970-01-10T00:00:00.000Z' } },
    ]);
    const other = await webhooks.listDeliveries('w1', { after: undefined, limit: 9 });
    expect(other.deliveries).to.deep.equal([]);
  });

  it('names nobody in what is kept when it has been delivered', async () => {
    const { deliveries, webhooks } = await announce(['user.erased']);
    const messageId = deliveries[0]?.messageId ?? '';
    expect((await webhooks.findMessage(messageId))?.data).to.deep.equal({ erasureId: 'e1' });
    const ref = { endpointId: 'w0', messageId };
    const claimed = await webhooks.claim(ref, { attempt: 0, now: ERASED_AT, leaseUntil: ERASED_AT + 1 });
    if (claimed) await webhooks.finish(claimed, { status: 'delivered' });
    expect(await webhooks.findDelivery(ref)).to.include({ status: 'delivered', data: undefined });
  });

  it('is found by a recovery since the day before, if the endpoint was disabled', async () => {
    const webhooks = createMemoryWebhooksStore();
    await webhooks.createEndpoint(endpoint('w0', ['user.erased']));
    await webhooks.updateEndpoint({ id: 'w0', revision: 0 }, { disabled: { reason: 'asked', since: 1 } });
    await createAnnounceErased({ webhooks, times: TIMES, now: () => ERASED_AT })(ERASURE);
    await webhooks.updateEndpoint({ id: 'w0', revision: 1 }, { disabled: null });
    const range = { since: ERASED_AT - DAY_MS, until: ERASED_AT + 1, now: ERASED_AT, limit: 9 };
    expect(await webhooks.recover('w0', range)).to.include({ count: 1 });
  });

  it('is another message if the user is erased again', async () => {
    const { webhooks } = await announce(['user.erased']);
    await createAnnounceErased({ webhooks, times: TIMES, now: () => ERASED_AT })({ ...ERASURE, until: 1_001 });
    expect((await webhooks.listDeliveries('w0', { after: undefined, limit: 9 })).deliveries).to.have.length(2);
  });

  it('makes no message if nobody takes it', async () => {
    const { webhooks, deliveries } = await announce(['alert.fired']);
    expect(deliveries).to.deep.equal([]);
    for await (const due of webhooks.listDue({ now: ERASED_AT * 2, limit: 9 })) expect.fail(due.messageId);
  });
});
