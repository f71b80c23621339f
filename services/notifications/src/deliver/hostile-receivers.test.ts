import type { RequestListener } from 'node:http';
import type { Attempt } from '@weir/dynamodb/webhooks';
import { createPostMessage } from '@weir/webhooks/sending';
import { type Receiver, startReceiver } from '@weir/webhooks/testing';
import { expect } from 'chai';
import { sendDue } from '../clock/send-due.ts';
import { createDeliveryRoom, MESSAGE } from '../testing/delivery-room.ts';
import { deliverMessage } from './deliver-message.ts';

const HOUR_MS = 3_600_000;
const RECOVERS_AFTER_MS = 50 * HOUR_MS;
const SHORT_MS = 150;

const fails: RequestListener = (_, answer) => void answer.writeHead(500).end('broken');
const trickles: RequestListener = (_, answer) => {
  answer.socket?.write('HTTP/1.1 200 OK\r\nx: ');
  const timer = setInterval(() => answer.socket?.write('a'), 10);
  answer.socket?.on('close', () => clearInterval(timer));
};
const redirects: RequestListener = (_, answer) =>
  void answer.writeHead(302, { location: 'http://169.254.169.254/' }).end();
const busy: RequestListener = (_, answer) => void answer.writeHead(429, { 'retry-after': '7200' }).end();
const gone: RequestListener = (_, answer) => void answer.writeHead(410).end();
const aborts: RequestListener = (_, answer) =>
  void answer.writeHead(400, { 'webhook-delivery': 'abort-message' }).end('never again');
const closes: RequestListener = ({ socket }) => void socket.destroy();
const hangs: RequestListener = () => {};

const name = ({ status, error }: Attempt) => status ?? error;

/** Receivers on this machine, and a clock that is moved to whatever is due next. */
async function createStage(
  receiver: RequestListener,
  resolve = async (): Promise<string[]> => ['127.0.0.1'],
  recoversAfterMs = RECOVERS_AFTER_MS,
) {
  const got: (string | undefined)[] = [];
  const clock = { startedAt: 0 };
  const room = createDeliveryRoom();
  const { deps, store, sent } = room;
  const isGood = () => room.clock.now >= clock.startedAt + recoversAfterMs;
  const server: Receiver = await startReceiver((request, answer) => {
    if (!isGood()) return receiver(request, answer);
    got.push(request.headers['webhook-id'] as string);
    answer.end('thanks');
  });
  clock.startedAt = room.clock.now;
  await room.addEndpoint('w1', { url: `http://receiver.example:${server.port}/` });
  await room.addDelivery('w1');
  const post = createPostMessage({ resolve, isLocal: true, now: () => room.clock.now, timeoutMs: SHORT_MS });
  const step = async () => {
    await sendDue({ ...deps, store, countSlow: async () => 0 });
    for (const { lane, ...message } of sent.splice(0)) await deliverMessage({ ...deps, post }, message, lane);
    const next = (await room.findDelivery('w1'))?.nextAttemptAt;
    // The clock may send it, or the delayed message of a queue, whichever is first.
    if (next !== undefined) room.clock.now = next + 2 * 60_000;
    return next !== undefined;
  };
  const play = async () => {
    while (await step());
    await server.close();
    const delivery = await room.findDelivery('w1');
    const hours = ((delivery?.attempts.at(-1)?.at ?? 0) - clock.startedAt) / HOUR_MS;
    return { delivery, hours, got, endpoint: await store.findEndpoint('w1') };
  };
  return { play };
}

describe('a receiver', () => {
  const recovering: [string, RequestListener, string | number][] = [
    ['fails', fails, 500],
    ['redirects', redirects, 302],
    ['hangs', hangs, 'no answer within 0.15 s'],
    ['trickles', trickles, 'no answer within 0.15 s'],
    ['closes the connection', closes, 'socket hang up'],
    ['has too much to do', busy, 429],
  ];
  for (const [does, receiver, shows] of recovering) {
    it(`that ${does}, and recovers after two days, has the message once, and the attempts tell of it`, async () => {
      const { play } = await createStage(receiver);
      const { delivery, hours, got, endpoint } = await play();
      expect(got).to.deep.equal([MESSAGE.id]);
      expect(delivery?.status).to.equal('delivered');
      const story = (delivery?.attempts ?? []).map(name);
      expect(story.at(-1)).to.equal(200);
      expect(new Set(story.slice(0, -1))).to.deep.equal(new Set([shows]));
      expect(story.length).to.be.within(8, 10);
      expect(hours).to.be.within(50, 76);
      expect(endpoint).to.deep.include({ status: 'enabled' });
      expect(endpoint?.health).to.include({ failures: 0, slow: false });
    });
  }

  it('that never recovers has ten attempts over some 76 hours', async () => {
    const { play } = await createStage(fails, undefined, Number.POSITIVE_INFINITY);
    const { delivery, hours } = await play();
    expect(delivery).to.include({ status: 'failed', reason: 'exhausted', attempt: 10 });
    expect(hours).to.be.closeTo(76, 1);
  });

  const ending: [string, RequestListener, string, string][] = [
    ['is gone', gone, 'gone', 'disabled'],
    ['aborts', aborts, 'aborted', 'enabled'],
  ];
  for (const [does, receiver, reason, status] of ending) {
    it(`that ${does} has one attempt`, async () => {
      const { play } = await createStage(receiver);
      const { delivery, got, endpoint } = await play();
      expect(delivery).to.include({ status: 'failed', reason, attempt: 1 });
      expect(endpoint).to.include({ status });
      expect(got).to.deep.equal([]);
    });
  }

  it('whose name has a private address at the second look is not called again', async () => {
    let looks = 0;
    const { play } = await createStage(fails, async () => (looks++ === 0 ? ['127.0.0.1'] : ['169.254.169.254']));
    const { delivery, got } = await play();
    expect(delivery).to.include({ status: 'failed', reason: 'refused-address', attempt: 2 });
    expect((delivery?.attempts ?? []).map(name)).to.deep.equal([
      500,
      'receiver.example has an address that is not public',
    ]);
    expect(got).to.deep.equal([]);
  });

  it('whose name cannot be found for a day has the message afterwards', async () => {
    let looks = 0;
    const { play } = await createStage(fails, async () => {
      looks++;
      if (looks < 8) throw new Error('ENOTFOUND');
      return ['127.0.0.1'];
    });
    const { delivery, got } = await play();
    expect(got).to.deep.equal([MESSAGE.id]);
    expect((delivery?.attempts ?? []).map(name)[0]).to.equal('no IPv4 address was found for receiver.example');
  });
});
