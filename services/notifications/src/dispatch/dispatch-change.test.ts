import type { Channel, Firing } from '@weir/alerts';
import type { Endpoint } from '@weir/dynamodb/webhooks';
import { expect } from 'chai';
import { createDeliveryRoom, MESSAGE } from '../testing/delivery-room.ts';
import { announceReport } from './announce-report.ts';
import { dispatchChange } from './dispatch-change.ts';

const firing: Firing = {
  ...{ id: 'a1-0', alertId: 'a1', revision: 3, value: 31, count: 31, asOf: 70_000, late: false, notified: true },
  bucket: { start: 0, end: 60_000, interval: 'minute', closed: true },
  rule: { name: 'Many', action: 'checkout', field: 'count', comparison: 'above', threshold: 30, channels: toAll() },
  firedAt: 900_000,
};

function toAll(...endpointIds: string[]): Channel[] {
  if (endpointIds.length === 0) return [{ type: 'webhook' }, { type: 'email', to: 'a@example.com' }];
  return endpointIds.map((endpointId) => ({ type: 'webhook', endpointId }));
}

async function createRoom() {
  const room = createDeliveryRoom();
  await room.addEndpoint('all');
  await room.addEndpoint('reports', { events: ['report.ready'] });
  const messages = () => [...room.state.messages.values()];
  const targets = () => [...room.state.deliveries.values()].map(({ endpointId, status }) => `${endpointId} ${status}`);
  return { ...room, messages, targets };
}

describe('a firing', () => {
  it('is told to each endpoint that takes it, once, though the record comes again', async () => {
    const room = await createRoom();
    for (let times = 0; times < 3; times++) {
      await dispatchChange(room.deps, { kind: 'firing', before: undefined, after: firing });
      room.clock.now += 5_000;
    }
    expect(room.targets()).to.deep.equal(['all pending']);
    expect(room.sent[0]).to.deep.include({ endpointId: 'all', attempt: 0, lane: 'fast' });
    expect(room.messages()).to.deep.equal([
      {
        ...{ id: room.messages()[0]?.id, type: 'alert.fired', timestamp: 900_000 },
        data: {
          ...{ firingId: 'a1-0', alert: { id: 'a1', name: 'Many' }, action: 'checkout', field: 'count' },
          ...{
            comparison: 'above',
            threshold: 30,
            value: 31,
            count: 31,
            asOf: '1970-01-01T00:01:10.000Z',
            late: false,
          },
          bucket: {
            ...{ start: '1970-01-01T00:00:00.000Z', end: '1970-01-01T00:01:00.000Z', interval: 'minute', closed: true },
          },
        },
      },
    ]);
  });

  it('is told to nobody in cool-down', async () => {
    const room = await createRoom();
    await dispatchChange(room.deps, { kind: 'firing', before: undefined, after: { ...firing, notified: false } });
    expect(room.messages()).to.deep.equal([]);
  });

  it('is told once an earlier bucket has ended what fired before', async () => {
    const room = await createRoom();
    const before = { ...firing, notified: false };
    await dispatchChange(room.deps, { kind: 'firing', before, after: firing });
    await dispatchChange(room.deps, { kind: 'firing', before: firing, after: firing });
    expect(room.messages().map(({ type }) => type)).to.deep.equal(['alert.fired']);
  });

  it('is told to the endpoints that its channels name, whatever events they ask for', async () => {
    const room = await createRoom();
    const rule = { ...firing.rule, channels: toAll('reports', 'removed') };
    await dispatchChange(room.deps, { kind: 'firing', before: undefined, after: { ...firing, rule } });
    expect(room.targets()).to.deep.equal(['reports pending']);
  });

  it('is told again when it recovers, with the bucket that it fired for', async () => {
    const room = await createRoom();
    const bucket = { start: 60_000, end: 120_000, interval: 'minute' as const, closed: true };
    const recovery = { ...firing, bucket, value: 2, count: 2, recoveredAt: 950_000 };
    const after = { ...firing, recovery };
    await dispatchChange(room.deps, { kind: 'firing', before: firing, after });
    await dispatchChange(room.deps, { kind: 'firing', before: after, after });
    expect(room.messages().map(({ type }) => type)).to.deep.equal(['alert.recovered']);
    expect(room.messages()[0]?.data).to.deep.include({ firingId: 'a1-0', value: 2 });
    expect(room.messages()[0]?.data).to.deep.include({ recoveredAt: '1970-01-01T00:15:50.000Z' });
    expect(room.messages()[0]).to.have.nested.property('data.firedBucket.start', '1970-01-01T00:00:00.000Z');
  });

  it('waits for an endpoint that is disabled', async () => {
    const room = await createRoom();
    await room.store.disableEndpoint((await room.store.findEndpoint('all')) as Endpoint, { reason: 'asked', since: 1 });
    await dispatchChange(room.deps, { kind: 'firing', before: undefined, after: firing });
    expect(room.targets()).to.deep.equal(['all held']);
    expect(room.sent).to.deep.equal([]);
  });
});

describe('what happens to deliveries', () => {
  const exhaust = async (type: string) => {
    const room = createDeliveryRoom(() => ({ status: 503 }));
    await room.addEndpoint('w1');
    await room.addEndpoint('w2');
    await room.store.putMessage(
      { id: 'msg_00000000000000000000000000', type, timestamp: 0, data: {} },
      { targets: [{ endpointId: 'w1' }], now: 0 },
    );
    for (let attempt = 0; attempt < 10; attempt++) {
      room.clock.now = (await room.findDelivery('w1'))?.nextAttemptAt ?? Number.NaN;
      await room.deliver('w1', attempt, 'slow');
    }
    const after = await room.findDelivery('w1');
    if (!after) throw new Error('no delivery');
    const change = { kind: 'delivery' as const, before: undefined, after: { ...after, isAsked: false } };
    await dispatchChange(room.deps, change);
    await dispatchChange(room.deps, { ...change, before: after });
    return [...room.state.messages.values()].slice(1).map((message) => ({
      ...{ type: message.type, data: message.data },
      to: [...room.state.deliveries.values()]
        .filter((one) => one.messageId === message.id)
        .map((one) => one.endpointId),
    }));
  };

  it('is told to the other endpoints when one is exhausted', async () => {
    expect(await exhaust('alert.fired')).to.deep.equal([
      {
        type: 'message.attempt.exhausted',
        data: {
          ...{ endpointId: 'w1', messageId: 'msg_00000000000000000000000000', type: 'alert.fired' },
          ...{ attempts: 10, lastStatus: 503 },
        },
        to: ['w2'],
      },
    ]);
  });

  it('is told again when a delivery that was sent once more is exhausted again', async () => {
    const room = await createRoom();
    await room.addDelivery('reports', { ...MESSAGE, type: 'alert.fired' });
    const delivery = await room.findDelivery('reports');
    if (!delivery) throw new Error('no delivery');
    for (const attempt of [10, 20, 20]) {
      const after = { ...delivery, status: 'failed' as const, reason: 'exhausted' as const, attempt, isAsked: false };
      await dispatchChange(room.deps, { kind: 'delivery', before: delivery, after });
    }
    expect(room.targets()).to.deep.equal(['reports pending', 'all pending', 'all pending']);
  });

  it('makes no further messages of messages about deliveries', async () => {
    expect(await exhaust('message.attempt.exhausted')).to.deep.equal([]);
    expect(await exhaust('endpoint.disabled')).to.deep.equal([]);
  });

  it('is told to the other endpoints when one is disabled', async () => {
    const room = await createRoom();
    const before = await room.addEndpoint('w3');
    await room.store.disableEndpoint(before, { reason: 'failing', since: 5 });
    const after = (await room.store.findEndpoint('w3')) as Endpoint;
    await dispatchChange(room.deps, { kind: 'endpoint', before, after });
    await dispatchChange(room.deps, { kind: 'endpoint', before: after, after });
    expect(room.targets()).to.deep.equal(['all pending']);
    expect(room.messages()[0]?.data).to.deep.equal({
      ...{ endpointId: 'w3', reason: 'failing', since: '1970-01-01T00:00:00.005Z' },
    });
  });

  it('is sent at once when a caller asks for it', async () => {
    const room = await createRoom();
    await room.addDelivery('all');
    const delivery = await room.findDelivery('all');
    if (!delivery) throw new Error('no delivery');
    await dispatchChange(room.deps, { kind: 'delivery', before: delivery, after: { ...delivery, isAsked: true } });
    expect(room.sent).to.deep.equal([{ endpointId: 'all', messageId: delivery.messageId, attempt: 0, lane: 'fast' }]);
  });
});

describe('a report that is ready', () => {
  const announcement = {
    ...{ version: 1, kind: 'daily', id: 'daily-2026-01-01', revision: 1, from: '2026-01-01T00:00:00.000Z' },
    ...{ to: '2026-01-02T00:00:00.000Z', createdAt: '2026-01-02T02:10:00.000Z' },
  };

  it('is told once, though the announcement comes twice', async () => {
    const room = await createRoom();
    await announceReport(room.deps, JSON.stringify(announcement));
    await announceReport(room.deps, JSON.stringify(announcement));
    expect(room.targets()).to.deep.equal(['all pending', 'reports pending']);
    expect(room.messages().map(({ data }) => data)).to.deep.equal([
      {
        ...{ reportId: 'daily-2026-01-01', kind: 'daily', revision: 1, path: '/v1/reports/daily-2026-01-01' },
        ...{ from: '2026-01-01T00:00:00.000Z', to: '2026-01-02T00:00:00.000Z' },
      },
    ]);
  });

  it('is an error if the announcement names none', async () => {
    const room = await createRoom();
    const { createdAt: _, ...rest } = announcement;
    const refused = await announceReport(room.deps, JSON.stringify(rest)).catch((error: Error) => error.message);
    expect(refused).to.match(/^this announces no report/);
  });
});
