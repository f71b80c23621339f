import { makeMessageId } from '@weir/dynamodb/webhooks';
import { expect } from 'chai';
import { createDeliveryRoom } from '../testing/delivery-room.ts';
import { sendDue } from './send-due.ts';

async function createRoom(endpoints: Readonly<Record<string, number>>, waiting = 0) {
  const room = createDeliveryRoom();
  for (const [id, deliveries] of Object.entries(endpoints)) {
    await room.addEndpoint(id);
    for (let number = 0; number < deliveries; number++) {
      const message = { id: makeMessageId(1000, `${id} ${number}`), type: 'report.ready', timestamp: 1000, data: {} };
      await room.store.putMessage(message, { targets: [{ endpointId: id }], now: 1000 });
    }
  }
  const slowDown = async (id: string, pausedUntil?: number) => {
    const endpoint = await room.store.findEndpoint(id);
    if (endpoint) await room.store.setHealth(endpoint, { ...endpoint.health, slow: true, pausedUntil });
  };
  const deps = { ...room.deps, countSlow: async () => waiting };
  const sentTo = (id: string) => room.sent.filter(({ endpointId }) => endpointId === id).length;
  return { ...room, run: () => sendDue(deps), slowDown, sentTo };
}

describe('the clock', () => {
  it('sends what is due, and again only after a quarter of an hour', async () => {
    const room = await createRoom({ w1: 60 });
    expect(await room.run()).to.deep.equal({ due: 60, sent: 60 });
    expect(new Set(room.sent.map(({ messageId }) => messageId)).size).to.equal(60);
    expect(room.sent[0]).to.include({ endpointId: 'w1', attempt: 0, lane: 'fast' });
    room.clock.now += 14 * 60_000;
    expect(await room.run()).to.deep.equal({ due: 0, sent: 0 });
    room.clock.now += 60_000;
    expect(await room.run()).to.deep.equal({ due: 60, sent: 60 });
  });

  it('writes the time in each five minutes, also where nothing is due', async () => {
    const room = await createRoom({});
    const marked: number[] = [];
    room.store.markTime = async (now) => void marked.push(Math.floor(now / 60_000));
    for (let minute = 0; minute < 20; minute++, room.clock.now += 60_000) await room.run();
    expect(marked).to.deep.equal([16, 20, 24, 28, 32]);
  });

  it('asks for nothing but what is due, where nothing is', async () => {
    const room = await createRoom({ w1: 0 });
    room.store.allEndpoints = () => expect.fail('it read the endpoints');
    expect(await room.run()).to.deep.equal({ due: 0, sent: 0 });
  });

  it('sends nothing to an endpoint that wants a pause, until that is over', async () => {
    const room = await createRoom({ w1: 5 });
    await room.slowDown('w1', room.clock.now + 60_000);
    expect(await room.run()).to.deep.equal({ due: 5, sent: 0 });
    room.clock.now += 60_000;
    expect(await room.run()).to.deep.equal({ due: 5, sent: 5 });
    expect(room.sent.every(({ lane }) => lane === 'slow')).to.equal(true);
  });

  it('gives each slow endpoint a share of what the slow queue may take', async () => {
    const room = await createRoom({ dead: 3_000, other: 30, quick: 30 });
    await room.slowDown('dead');
    await room.slowDown('other');
    await room.run();
    expect([room.sentTo('dead'), room.sentTo('other'), room.sentTo('quick')]).to.deep.equal([1_000, 30, 30]);
  });

  it('waits while the slow queue is full', async () => {
    const room = await createRoom({ dead: 10, quick: 10 }, 2_000);
    await room.slowDown('dead');
    await room.run();
    expect([room.sentTo('dead'), room.sentTo('quick')]).to.deep.equal([0, 10]);
  });

  it('goes on with all others if one cannot be noted, and sends that one again a minute later', async () => {
    const room = await createRoom({ w1: 60 });
    const { noteSent } = room.store;
    let isFirst = true;
    room.store.noteSent = async (...note) => {
      if (!isFirst) return noteSent(...note);
      isFirst = false;
      throw new Error('a conflict');
    };
    expect(await room.run()).to.deep.equal({ due: 60, sent: 60 });
    room.clock.now += 60_000;
    expect(await room.run()).to.deep.equal({ due: 1, sent: 1 });
  });

  it('sends again what was sent before a crash, which the claim then drops', async () => {
    const room = await createRoom({ w1: 3 });
    room.store.noteSent = () => Promise.reject(new Error('killed'));
    expect(await room.run().catch(({ message }: Error) => message)).to.equal('killed');
    expect(room.sent.length).to.equal(3);
  });
});
