import { once } from 'node:events';
import { request } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { type Exchange, endToEnd, type Listener, listen } from './listener.ts';

type Handle = (exchange: Exchange) => void;

const answerHead: Handle = (exchange) => {
  const { method, target, headers } = exchange.head;
  const body = Buffer.from(JSON.stringify({ method, target, host: headers.host, own: headers['x-own'] }));
  exchange.send({ status: 201, headers: { 'x-answer': 'yes', connection: 'upgrade', te: 'trailers' }, body });
};

describe('the listener of the AWS door', () => {
  let listener: Listener;
  let handle: Handle;
  beforeEach(async () => {
    handle = answerHead;
    listener = await listen(0, (exchange) => handle(exchange));
  });
  afterEach(() => listener.close());

  const host = () => `127.0.0.1:${listener.port}`;

  /** Sends bytes, part by part, and reads until the connection ends. */
  async function spoken(...parts: readonly string[]): Promise<string> {
    const socket = connect({ port: listener.port, host: '127.0.0.1', noDelay: true });
    await once(socket, 'connect');
    for (const part of parts) {
      socket.write(part);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    return text(socket);
  }

  function overHttp2(headers: Record<string, string>): Promise<{ headers: Record<string, unknown>; body: string }> {
    const session = connectHttp2(`http://${host()}`);
    return new Promise((resolve, reject) => {
      session.once('error', reject).once('close', () => reject(new Error('the session was closed')));
      const stream = session.request(headers);
      stream.once('error', reject);
      stream.once('response', (head) => {
        text(stream).then((body) => {
          resolve({ headers: { ...head }, body });
          session.close();
        }, reject);
      });
      stream.end();
    });
  }

  it('reports the same of a request in HTTP/1.1 and in HTTP/2, and answers both on one port', async () => {
    const old = await fetch(`http://${host()}/a/b%2Fc?x=1`, { method: 'PUT', headers: { 'x-own': '1' } });
    const expected = { method: 'PUT', target: '/a/b%2Fc?x=1', host: host(), own: '1' };
    expect([old.status, old.headers.get('x-answer')]).to.deep.equal([201, 'yes']);
    expect(await old.json()).to.deep.equal(expected);
    const { headers, body } = await overHttp2({ ':method': 'PUT', ':path': '/a/b%2Fc?x=1', 'x-own': '1' });
    expect([headers[':status'], headers['x-answer']]).to.deep.equal([201, 'yes']);
    expect(JSON.parse(body)).to.deep.equal(expected);
  });

  it('understands a request whose first bytes come one by one', async () => {
    const rest = `OST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
    expect(await spoken('P', rest)).to.match(/^HTTP\/1\.1 201 /);
    expect(await spoken('P', 'R', rest.replace('OST', 'OPFIND'))).to.match(/^HTTP\/1\.1 201 /);
    expect(await spoken(...`G`, `ET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)).to.match(/^HTTP\/1\.1 201 /);
  });

  it('answers 400 to bytes that are not HTTP, and continues', async () => {
    expect(await spoken('\u0016\u0003\u0001 hello\r\n\r\n')).to.match(/^HTTP\/1\.1 400 /);
    expect((await fetch(`http://${host()}/`)).status).to.equal(201);
  });

  it('gets over a connection that is cut before and after its first byte', async () => {
    for (const start of ['', 'P', 'POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nx']) {
      const socket = connect({ port: listener.port, host: '127.0.0.1' });
      await once(socket, 'connect');
      if (start) socket.write(start);
      await new Promise((resolve) => setTimeout(resolve, 5));
      socket.resetAndDestroy();
    }
    expect((await fetch(`http://${host()}/`)).status).to.equal(201);
  });

  it('sends no body to HEAD, and says how long it would be', async () => {
    const answered = await fetch(`http://${host()}/`, { method: 'HEAD' });
    expect(Number(answered.headers.get('content-length'))).to.be.above(10);
    expect(await answered.text()).to.equal('');
    const { headers, body } = await overHttp2({ ':method': 'HEAD', ':path': '/' });
    expect([Number(headers['content-length']) > 10, body]).to.deep.equal([true, '']);
  });

  it('streams an answer in both versions', async () => {
    handle = (exchange) => {
      const outgoing = exchange.start(206, { 'x-answer': 'streamed', 'transfer-encoding': 'gzip' });
      outgoing.write('a');
      setImmediate(() => outgoing.end('b'));
    };
    const old = await fetch(`http://${host()}/`);
    expect([old.status, await old.text(), old.headers.get('x-answer')]).to.deep.equal([206, 'ab', 'streamed']);
    const { headers, body } = await overHttp2({ ':path': '/' });
    expect([headers[':status'], body, headers['x-answer']]).to.deep.equal([206, 'ab', 'streamed']);
  });

  it('drops the whole connection, as a cut line does', async () => {
    handle = (exchange) => exchange.drop();
    const refused = await fetch(`http://${host()}/`).catch(() => 'dropped');
    expect(refused).to.equal('dropped');
    expect(await overHttp2({ ':path': '/' }).catch(() => 'dropped')).to.equal('dropped');
    handle = answerHead;
    expect((await fetch(`http://${host()}/`)).status).to.equal(201);
  });

  it('ends with connections open, in the middle of a request too', async () => {
    const idle = connect({ port: listener.port, host: '127.0.0.1' });
    await once(idle, 'connect');
    handle = () => {};
    const asking = request({ host: '127.0.0.1', port: listener.port, method: 'GET' });
    const session = connectHttp2(`http://${host()}`).on('error', () => {});
    const stream = session.request({ ':path': '/' }).on('error', () => {});
    await once(session, 'connect');
    const cut = Promise.all([once(asking, 'error'), once(idle, 'close'), once(stream, 'close')]);
    asking.end();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await listener.close();
    await cut;
    session.destroy();
  });

  it('refuses a port that is taken', async () => {
    const refused = await listen(listener.port, () => {}).catch((error: NodeJS.ErrnoException) => error.code);
    expect(refused).to.equal('EADDRINUSE');
  });
});

describe('headers for the next hop', () => {
  it('are those of the request, and none of the connection or of HTTP/2', () => {
    const given = {
      ...{ ':path': '/', connection: 'close', te: 'trailers', expect: '100-continue', 'transfer-encoding': 'chunked' },
      ...{ 'keep-alive': '5', upgrade: 'h2c', 'proxy-connection': 'close' },
      ...{ 'x-list': ['a', 'b'], 'x-none': undefined, 'content-type': 'text/plain' },
    };
    expect(endToEnd(given)).to.deep.equal({ 'x-list': ['a', 'b'], 'content-type': 'text/plain' });
  });
});
