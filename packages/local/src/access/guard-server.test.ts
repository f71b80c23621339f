import { createServer, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { guardServer } from './guard-server.ts';

describe('guardServer', () => {
  let server: Server;
  let port: number;
  let heard: string[] = [];

  before(async () => {
    server = createServer((incoming, answer) => {
      heard.push(`request ${incoming.method}`);
      answer.end('in');
    });
    guardServer(server, { hosts: [], origins: () => [], hasPages: false });
    // As packages do it that come later.
    server.on('checkContinue', (_incoming, answer) => {
      heard.push('checkContinue');
      answer.end('in');
    });
    server.on('upgrade', (_incoming, socket) => {
      heard.push('upgrade');
      socket.end('HTTP/1.1 101 Switching Protocols\r\n\r\n');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(() => server.close());
  beforeEach(() => {
    heard = [];
  });

  function call(headers: Record<string, string>): Promise<{ status: number; body: string }> {
    return new Promise((resolve, reject) => {
      const outgoing = request({ host: '127.0.0.1', port, method: 'POST', headers }, async (response) => {
        resolve({ status: response.statusCode ?? 0, body: await text(response) });
      });
      outgoing.on('error', reject).end('{}');
    });
  }

  it('passes on what the rules let in', async () => {
    expect(await call({})).to.deep.equal({ status: 200, body: 'in' });
  });

  for (const [what, headers] of [
    ['a foreign host', { host: 'evil.test' }],
    ['a foreign page', { origin: 'http://evil.test' }],
    ['a foreign page that waits for leave', { origin: 'http://evil.test', expect: '100-continue' }],
  ] as const) {
    it(`answers ${what} with 403, a reason, and nobody hears of it`, async () => {
      const { status, body } = await call(headers);
      expect(status).to.equal(403);
      expect(JSON.parse(body).message).to.include('evil.test');
      expect(heard).to.deep.equal([]);
    });
  }

  async function upgrade(head: string): Promise<string> {
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET / HTTP/1.1\r\n${head}\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
    return text(socket);
  }

  it('keeps foreign pages from connections of their own, with the same reason', async () => {
    const [head = '', body = ''] = (await upgrade('host: localhost\r\norigin: http://evil.test')).split('\r\n\r\n');
    expect(head)
      .to.match(/^HTTP\/1\.1 403 Forbidden\r\n/)
      .and.include(`content-length: ${body.length}`);
    expect(JSON.parse(body)).to.deep.equal(JSON.parse((await call({ origin: 'http://evil.test' })).body));
    expect(heard).to.deep.equal([]);
    expect(await upgrade('host: localhost')).to.match(/^HTTP\/1\.1 101 Switching Protocols\r\n/);
    expect(heard).to.deep.equal(['upgrade']);
  });
});
