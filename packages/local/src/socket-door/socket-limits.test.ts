import { once } from 'node:events';
import type { Socket } from 'node:net';
import { expect } from 'chai';
import type { WebSocket } from 'ws';
import type { ProxyEvent } from '../api-door/testing/local-api.ts';
import { until } from '../testing/until.ts';
import { type LocalSockets, openLocalSockets } from './testing/local-sockets.ts';

const OK = { statusCode: 200 };
const ID = 'cccccccccccccc0=';
const GONE = 'cccccccccccccc9=';
const MINUTE_MS = 60_000;
const KB = 1024;

describe('a connection of a WebSocket API', () => {
  let sockets: LocalSockets;
  let events: ProxyEvent[];
  let client: WebSocket;

  beforeEach(async () => {
    events = [];
    const f = (event: ProxyEvent) => {
      events.push(event);
      return OK;
    };
    sockets = await openLocalSockets({ functions: { f } });
    client = await sockets.connected();
  });

  afterEach(() => sockets.close());

  const closed = async (): Promise<number> => (await once(client, 'close'))[0] as number;
  const bodies = () => events.flatMap(({ body }) => (body === undefined ? [] : [body.length]));

  describe('after a time', () => {
    it('ends with 1001 when it was idle for 10 minutes', async () => {
      await sockets.clock.advance(10 * MINUTE_MS - 1);
      expect((await sockets.call('GET', ID)).status).to.equal(200);
      await sockets.clock.advance(1);
      expect(await closed()).to.equal(1001);
      await until(() => events.length === 2);
      expect(events[1].requestContext).to.include({ eventType: 'DISCONNECT', disconnectStatusCode: 1001 });
    });

    it('is not idle while a message goes either way', async () => {
      await sockets.clock.advance(9 * MINUTE_MS);
      client.send('x');
      await until(() => events.length === 2);
      await sockets.clock.advance(9 * MINUTE_MS);
      await sockets.call('POST', ID, 'y');
      await sockets.clock.advance(10 * MINUTE_MS - 1);
      expect((await sockets.call('GET', ID)).status).to.equal(200);
      await sockets.clock.advance(1);
      expect(await closed()).to.equal(1001);
    });

    it('ends with 1001 after 2 hours, however busy it is', async () => {
      for (let minute = 5; minute < 120; minute += 5) {
        await sockets.clock.advance(5 * MINUTE_MS);
        expect((await sockets.call('POST', ID, 'x')).status, `after ${minute} minutes`).to.equal(200);
      }
      await sockets.clock.advance(5 * MINUTE_MS);
      expect(await closed()).to.equal(1001);
    });
  });

  describe('with large messages', () => {
    const inFrames = (bytes: number, frame: number) => {
      for (let at = 0; at < bytes; at += frame) {
        client.send('x'.repeat(Math.min(frame, bytes - at)), { fin: at + frame >= bytes });
      }
    };

    it('takes 128 KB in frames of 32 KB', async () => {
      inFrames(128 * KB, 32 * KB);
      await until(() => bodies().length === 1);
      expect(bodies()).to.deep.equal([128 * KB]);
    });

    const refused: readonly [string, number, number][] = [
      ['a frame over 32 KB', 32 * KB + 1, 32 * KB + 1],
      ['a frame over 64 KB', 100 * KB, 100 * KB],
      ['a message over 128 KB', 128 * KB + 1, 32 * KB],
    ];
    for (const [what, bytes, frame] of refused) {
      it(`closes with 1009 for ${what}`, async () => {
        inFrames(bytes, frame);
        expect(await closed()).to.equal(1009);
        await until(() => events.length === 2);
        expect(bodies()).to.deep.equal([]);
      });
    }

    it('closes with 1003 for a binary one', async () => {
      client.send(Buffer.from('x'));
      expect(await closed()).to.equal(1003);
      expect(bodies()).to.deep.equal([]);
    });
  });

  describe('called by its API', () => {
    it('gets what is posted, as text, in frames of at most 32 KB', async () => {
      const sizes: number[] = [];
      (client as unknown as { _socket: Socket })._socket.on('data', (chunk) => sizes.push(chunk.length));
      const text = 'é'.repeat(50 * KB);
      const heard = once(client, 'message');
      expect((await sockets.call('POST', ID, text)).status).to.equal(200);
      const [data, isBinary] = await heard;
      expect(String(data)).to.equal(text);
      expect(isBinary).to.equal(false);
      // 100 KB in four frames, each with a head of four bytes.
      expect(sizes.reduce((sum, size) => sum + size)).to.equal(100 * KB + 4 * 4);
    });

    it('says since when it is there', async () => {
      await sockets.clock.advance(1_000);
      await sockets.call('POST', ID, 'x');
      await sockets.clock.advance(1_000);
      const { status, body } = await sockets.call('GET', ID);
      expect(status).to.equal(200);
      expect(JSON.parse(body.toString())).to.deep.equal({
        connectedAt: '2025-11-24T16:00:00.000Z',
        identity: { sourceIp: '127.0.0.1', userAgent: '' },
        lastActiveAt: '2025-11-24T16:00:01.000Z',
      });
    });

    it('is closed, and gone at once', async () => {
      const end = closed();
      expect((await sockets.call('DELETE', ID)).status).to.equal(204);
      expect((await sockets.call('POST', ID, 'x')).status).to.equal(410);
      expect(await end).to.equal(1000);
    });

    it('is gone if it never was, and 128 KB are the most', async () => {
      const { status, headers } = await sockets.call('POST', GONE, 'x');
      expect(status).to.equal(410);
      expect(headers['x-amzn-errortype']).to.equal('GoneException');
      for (const method of ['GET', 'DELETE']) expect((await sockets.call(method, GONE)).status).to.equal(410);
      expect((await sockets.call('POST', 'nobody', 'x')).status).to.equal(400);
      expect((await sockets.call('POST', ID, 'x'.repeat(128 * KB))).status).to.equal(200);
      expect((await sockets.call('POST', ID, 'x'.repeat(128 * KB + 1))).status).to.equal(413);
    });

    it('is ended when it has stopped reading, before much waits for it; others go on', async () => {
      const other = await sockets.connected();
      const heard: number[] = [];
      other.on('message', (data) => heard.push(String(data).length));
      client.pause();
      const message = 'x'.repeat(128 * KB);
      let posts = 0;
      for (; posts < 1_000 && (await sockets.call('POST', ID, message)).status === 200; posts += 1) {
        await new Promise((resolve) => setImmediate(resolve));
      }
      // What the two ends of the connection hold is the system's, and some megabytes.
      expect(posts).to.be.within(8, 200);
      await until(() => events.some(({ requestContext }) => requestContext.eventType === 'DISCONNECT'));
      expect((await sockets.call('POST', ID, 'x')).status).to.equal(410);
      expect((await sockets.call('POST', 'cccccccccccccc1=', 'still here')).status).to.equal(200);
      await until(() => heard.length === 1);
    });
  });
});
