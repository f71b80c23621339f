import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { deflateSync, gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import { relayOwnResponse } from './relay-own-response.ts';

type HeaderList = Parameters<typeof relayOwnResponse>[0]['ownHeaders'];

describe("a function's own answer on its way to the client", () => {
  let emulator: HttpBackend;
  let door: Server;
  afterEach(async () => {
    await emulator.close();
    door.closeAllConnections();
    await new Promise((resolve) => door.close(resolve));
  });

  /** Sends a request through a door that relays what the emulator answers, with the function's headers. */
  async function relayed(
    answer: Parameters<typeof startHttpBackend>[0],
    ownHeaders: HeaderList = [],
  ): Promise<Response> {
    emulator = await startHttpBackend(answer);
    door = createServer((_incoming, outgoing) => {
      request({ host: '127.0.0.1', port: emulator.port }, (from: IncomingMessage) => {
        relayOwnResponse({ response: from, ownHeaders, requestId: 'r-1' }, outgoing);
      }).end();
    });
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
    return fetch(`http://127.0.0.1:${(door.address() as AddressInfo).port}/`);
  }

  it('has the function’s headers, repeated ones too, and a type and an id if it named none', async () => {
    const own: HeaderList = [
      ['set-cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['x-own', 'yes'],
    ];
    const response = await relayed((emulated) => emulated.writeHead(202, { 'x-emulator': 'no' }).end('{}'), own);
    expect([response.status, response.headers.getSetCookie()]).to.deep.equal([202, ['a=1', 'b=2']]);
    expect(Object.fromEntries(response.headers)).to.include({
      ...{ 'x-own': 'yes', 'content-type': 'application/json', 'x-request-id': 'r-1' },
    });
    expect(response.headers.has('x-emulator')).to.equal(false);
  });

  for (const name of ['Connection', 'date', 'server', 'via', 'user-agent', 'host', 'WWW-Authenticate']) {
    it(`has ${name} under another name, as from API Gateway`, async () => {
      const response = await relayed((emulated) => emulated.end(), [[name, 'own']]);
      expect(response.headers.get(`x-amzn-remapped-${name}`)).to.equal('own');
    });
  }

  it('is framed by the bytes that were sent, whatever the function says about them', async () => {
    const own: HeaderList = [
      ['content-length', '2'],
      ['Transfer-Encoding', 'gzip'],
      ['keep-alive', '1'],
    ];
    const response = await relayed((emulated) => emulated.writeHead(200, { 'content-length': 5 }).end('whole'), own);
    expect([response.headers.get('content-length'), await response.text()]).to.deep.equal(['5', 'whole']);
  });

  for (const [coding, compress] of [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
  ] as const) {
    it(`loses the ${coding} of the emulator, and keeps its own`, async () => {
      const body = compress('plain');
      const response = await relayed((emulated) => emulated.writeHead(200, { 'content-encoding': coding }).end(body));
      expect([response.headers.get('content-encoding'), await response.text()]).to.deep.equal([null, 'plain']);
      await emulator.close();
      door.close();
      const own = await relayed(
        (emulated) => emulated.writeHead(200, { 'content-encoding': coding }).end(body),
        [['content-encoding', coding]],
      );
      // The client takes it off.
      expect([own.headers.get('content-encoding'), await own.text()]).to.deep.equal([coding, 'plain']);
    });
  }

  it('is cut, not ended, if the emulator goes away in the middle, and the door continues', async () => {
    const response = await relayed((emulated) => {
      emulated.writeHead(200, { 'content-length': 100 }).write('half');
      setTimeout(() => emulated.destroy(), 5);
    });
    expect(await response.text().catch(() => 'cut')).to.equal('cut');
  });

  it('is cut if its body is not the gzip that it names', async () => {
    const answered = relayed((emulated) => emulated.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'));
    expect(await answered.then((response) => response.text()).catch(() => 'cut')).to.equal('cut');
  });
});
