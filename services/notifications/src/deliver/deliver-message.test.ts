import type { Endpoint } from '@weir/dynamodb/webhooks';
import { expect } from 'chai';
import { Webhook } from 'standardwebhooks';
import { createDeliveryRoom, MESSAGE } from '../testing/delivery-room.ts';
import { deliverMessage } from './deliver-message.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

describe('an attempt', () => {
  it('posts the message, signed, and notes that it was delivered', async () => {
    const room = createDeliveryRoom();
    const { secrets } = await room.addEndpoint('w1');
    await room.addDelivery('w1');
    room.clock.now = Date.now();
    expect(await room.deliver('w1')).to.equal('attempted');
    const [{ url, headers, body }] = room.posts as [(typeof room.posts)[number]];
    expect(url).to.equal('https://w1.example/hooks');
    expect(new Webhook(secrets[0]?.secret ?? '').verify(Buffer.from(body).toString(), headers)).to.deep.equal({
      ...{ type: 'report.ready', timestamp: '1970-01-01T00:00:00.000Z', data: { reportId: 'r' } },
    });
    expect(headers).to.include({ 'webhook-id': MESSAGE.id, 'content-type': 'application/json' });
    expect(await room.findDelivery('w1')).to.include({ status: 'delivered', attempt: 1 });
  });

  it('is made once, however often its message comes', async () => {
    const room = createDeliveryRoom();
    await room.addEndpoint('w1');
    await room.addDelivery('w1');
    const all = await Promise.all([room.deliver('w1'), room.deliver('w1'), room.deliver('w1')]);
    expect(all.sort()).to.deep.equal(['attempted', 'dropped', 'dropped']);
    expect(await room.deliver('w1')).to.equal('dropped');
    expect(room.posts.length).to.equal(1);
  });

  it('that fails comes again by the delay of a queue, twice, and then by the clock', async () => {
    const room = createDeliveryRoom(() => ({ status: 500, response: 'no' }));
    await room.addEndpoint('w1');
    await room.addDelivery('w1');
    for (const attempt of [0, 1, 2]) {
      await room.deliver('w1', attempt, 'slow');
      room.clock.now = (await room.findDelivery('w1'))?.nextAttemptAt ?? Number.NaN;
    }
    const next = { endpointId: 'w1', messageId: MESSAGE.id, lane: 'slow' };
    expect(room.sent).to.deep.equal([
      { ...next, attempt: 1, delaySeconds: 5 },
      { ...next, attempt: 2, delaySeconds: 300 },
    ]);
    const delivery = await room.findDelivery('w1');
    expect(delivery).to.include({ status: 'pending', attempt: 3, nextAttemptAt: 1_000_000 + 35 * MINUTE_MS + 5_000 });
    expect(delivery?.attempts.map(({ status, response }) => [status, response])).to.deep.equal(
      Array(3).fill([500, 'no']),
    );
  });

  it('goes to the slow queue without a claim if the endpoint has failed meanwhile', async () => {
    const room = createDeliveryRoom();
    const endpoint = await room.addEndpoint('w1');
    await room.store.setHealth(endpoint, { ...endpoint.health, slow: true });
    await room.addDelivery('w1');
    expect(await room.deliver('w1')).to.equal('forwarded');
    expect(room.sent).to.deep.equal([{ endpointId: 'w1', messageId: MESSAGE.id, attempt: 0, lane: 'slow' }]);
    expect(await room.deliver('w1', 0, 'slow')).to.equal('attempted');
    expect((await room.store.findEndpoint('w1'))?.health.slow).to.equal(false);
  });

  it('waits while the endpoint wants a pause, and is no attempt', async () => {
    const room = createDeliveryRoom(() => ({ status: 429, retryAfter: '600' }));
    await room.addEndpoint('w1');
    await room.addDelivery('w1');
    const other = { ...MESSAGE, id: 'msg_00000000000000000000000001' };
    await room.addDelivery('w1', other);
    await room.deliver('w1');
    expect(await room.findDelivery('w1')).to.include({ status: 'pending', nextAttemptAt: 1_000_000 + 10 * MINUTE_MS });
    const message = { endpointId: 'w1', messageId: other.id };
    await room.store.claim(message, { attempt: 9, now: 0, leaseUntil: 0 });
    expect(await deliverMessage(room.deps, { ...message, attempt: 0 }, 'slow')).to.equal('paused');
    expect(await room.store.findDelivery(message)).to.include({
      ...{ status: 'pending', attempt: 0, nextAttemptAt: 1_000_000 + 10 * MINUTE_MS },
    });
    expect(room.posts.length).to.equal(1);
  });

  it('that succeeds ends no pause that another answer asked for meanwhile', async () => {
    const room = createDeliveryRoom();
    const find = async () => (await room.store.findEndpoint('w1')) as Endpoint;
    const fail = async (pausedUntil?: number) => {
      await room.store.setHealth(await find(), { firstFailureAt: 7, failures: 1, slow: true, pausedUntil });
    };
    const pausedUntil = room.clock.now + 10 * MINUTE_MS;
    await room.addEndpoint('w1');
    for (const [until, kept] of [
      [pausedUntil, pausedUntil],
      [room.clock.now, undefined],
    ]) {
      await fail();
      const message = { ...MESSAGE, id: `msg_${String(until).padStart(26, '0')}` };
      await room.addDelivery('w1', message);
      const post: typeof room.deps.post = async (request) => {
        await fail(until);
        return room.deps.post(request);
      };
      await deliverMessage({ ...room.deps, post }, { endpointId: 'w1', messageId: message.id, attempt: 0 }, 'slow');
      expect((await find()).health).to.include({ failures: 0, pausedUntil: kept });
    }
  });

  it('is held if the endpoint is disabled', async () => {
    const room = createDeliveryRoom();
    const endpoint = await room.addEndpoint('w1');
    await room.addDelivery('w1');
    await room.store.disableEndpoint(endpoint, { reason: 'asked', since: 1 });
    expect(await room.deliver('w1')).to.equal('held');
    expect(await room.findDelivery('w1')).to.include({ status: 'held', attempt: 0 });
    expect(room.posts).to.deep.equal([]);
  });

  it('is not held for what the endpoint was a moment ago', async () => {
    const room = createDeliveryRoom();
    const endpoint = await room.addEndpoint('w1');
    await room.addDelivery('w1');
    const disabled: Endpoint = { ...endpoint, status: 'disabled', disabled: { reason: 'asked', since: 1 } };
    const stale = { ...room.deps, findRecent: async () => disabled };
    const message = { endpointId: 'w1', messageId: MESSAGE.id, attempt: 0 };
    expect(await deliverMessage(stale, message, 'fast')).to.equal('attempted');
    expect(await room.findDelivery('w1')).to.include({ status: 'delivered' });
  });

  it('is forgotten if the endpoint was removed', async () => {
    const room = createDeliveryRoom();
    await room.addDelivery('w1');
    expect(await room.deliver('w1')).to.equal('forgotten');
    expect(await room.findDelivery('w1')).to.equal(undefined);
  });

  it('that is answered by 410 ends the delivery and disables the endpoint', async () => {
    const room = createDeliveryRoom(() => ({ status: 410 }));
    await room.addEndpoint('w1');
    await room.addDelivery('w1');
    await room.deliver('w1');
    expect(await room.findDelivery('w1')).to.include({ status: 'failed', reason: 'gone' });
    expect((await room.store.findEndpoint('w1'))?.disabled).to.deep.equal({ reason: 'gone', since: 1_000_000 });
  });

  it('that is answered by 410 disables the endpoint though its health changes meanwhile', async () => {
    const room = createDeliveryRoom(() => ({ status: 410 }));
    const read = await room.addEndpoint('w1');
    await room.addDelivery('w1');
    await room.store.setHealth(read, { ...read.health, failures: 1 });
    const stale = { ...room.deps, findRecent: async () => read };
    await deliverMessage(stale, { endpointId: 'w1', messageId: MESSAGE.id, attempt: 0 }, 'slow');
    expect((await room.store.findEndpoint('w1'))?.disabled?.reason).to.equal('gone');
  });

  it('that is answered by 410 ends the delivery only after the endpoint is disabled', async () => {
    const room = createDeliveryRoom(() => ({ status: 410 }));
    await room.addEndpoint('w1');
    await room.addDelivery('w1');
    room.store.disableEndpoint = () => Promise.reject(new Error('killed'));
    expect(await room.deliver('w1').catch(({ message }: Error) => message)).to.equal('killed');
    expect(await room.findDelivery('w1')).to.include({ status: 'pending', attempt: 0 });
  });

  for (const status of [200, 500]) {
    it(`that is answered by ${status} is not made again though the endpoint cannot be noted`, async () => {
      const room = createDeliveryRoom(() => ({ status }));
      const read = await room.addEndpoint('w1');
      await room.store.setHealth(read, { ...read.health, failures: 1, firstFailureAt: 7 });
      await room.addDelivery('w1');
      room.store.setHealth = () => Promise.reject(new Error('a conflict'));
      expect(await room.deliver('w1').catch(({ message }: Error) => message)).to.equal('a conflict');
      expect(await room.findDelivery('w1')).to.include({ attempt: 1, leaseUntil: undefined });
      expect(room.sent).to.have.length(status === 500 ? 1 : 0);
      expect(await room.deliver('w1')).to.equal('dropped');
    });
  }

  it('that a dead process left is made again when its lease is over', async () => {
    const room = createDeliveryRoom();
    await room.addEndpoint('w1');
    await room.addDelivery('w1');
    const dead = { ...room.deps, post: () => Promise.reject(new Error('killed')) };
    const message = { endpointId: 'w1', messageId: MESSAGE.id, attempt: 0 };
    expect(await deliverMessage(dead, message, 'fast').catch(() => 'dead')).to.equal('dead');
    expect(await room.deliver('w1')).to.equal('dropped');
    room.clock.now += 60_000;
    for await (const due of room.store.listDue({ now: room.clock.now, limit: 9 })) expect(due).to.include(message);
    expect(await room.deliver('w1')).to.equal('attempted');
    expect(await room.findDelivery('w1')).to.include({ status: 'delivered', attempt: 1 });
  });

  it('is signed with the secret before a rotation too, for as long as that is good', async () => {
    const room = createDeliveryRoom();
    const { secrets } = await room.addEndpoint('w2');
    const before = { ...(secrets[0] as (typeof secrets)[number]), until: 1_000_000 + DAY_MS };
    for (const [id, now] of [
      ['w3', 1_000_000],
      ['w4', 1_000_000 + DAY_MS],
    ] as const) {
      room.clock.now = now;
      const own = (await room.addEndpoint(`own-${id}`)).secrets;
      await room.addEndpoint(id, { secrets: [...own, before] });
      await room.addDelivery(id);
      await room.deliver(id);
    }
    expect(room.posts.map(({ headers }) => headers['webhook-signature']?.split(' ').length)).to.deep.equal([2, 1]);
  });
});

describe('an endpoint', () => {
  const fail = async (room: ReturnType<typeof createDeliveryRoom>, number: number) => {
    const message = { ...MESSAGE, id: `msg_${String(number).padStart(26, '0')}` };
    await room.addDelivery('w1', message);
    await deliverMessage(room.deps, { endpointId: 'w1', messageId: message.id, attempt: 0 }, 'slow');
  };

  it('is disabled after five days of failures that began with several in one day', async () => {
    const room = createDeliveryRoom(() => ({ error: 'ECONNREFUSED' }));
    await room.addEndpoint('w1');
    for (let hours = 0; hours < 119; hours++) {
      await fail(room, hours);
      room.clock.now += 60 * MINUTE_MS;
    }
    expect((await room.store.findEndpoint('w1'))?.status).to.equal('enabled');
    room.clock.now += 60 * MINUTE_MS;
    await fail(room, 120);
    expect((await room.store.findEndpoint('w1'))?.disabled?.reason).to.equal('failing');
  });

  it('is not disabled by single failures with days between them', async () => {
    const room = createDeliveryRoom(() => ({ error: 'ECONNREFUSED' }));
    await room.addEndpoint('w1');
    for (let days = 0; days < 20; days += 2) {
      await fail(room, days);
      room.clock.now += 2 * DAY_MS;
    }
    expect((await room.store.findEndpoint('w1'))?.status).to.equal('enabled');
  });

  it('is not disabled if there was a success in the five days', async () => {
    let isUp = false;
    const room = createDeliveryRoom(() => ({ status: isUp ? 204 : 503 }));
    await room.addEndpoint('w1');
    for (let hours = 0; hours < 24 * 9; hours++) {
      isUp = hours === 24 * 4;
      await fail(room, hours);
      room.clock.now += 60 * MINUTE_MS;
    }
    expect((await room.store.findEndpoint('w1'))?.status).to.equal('enabled');
  });

  it('costs no write for each further failure', async () => {
    const room = createDeliveryRoom(() => ({ error: 'ECONNREFUSED' }));
    await room.addEndpoint('w1');
    for (let number = 0; number < 50; number++) await fail(room, number);
    expect((await room.store.findEndpoint('w1'))?.health).to.deep.include({ failures: 3, slow: true, revision: 3 });
  });
});
