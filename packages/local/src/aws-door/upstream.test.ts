import { once } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { closedPort, type HttpBackend, startHttpBackend } from './testing/http-backend.ts';
import { createUpstream, type Upstream } from './upstream.ts';

const HEAD = { method: 'PUT', target: '/a?b=1', headers: { 'x-own': '1', connection: 'close', host: 'h' } };

describe('calls to an emulator', () => {
  let backend: HttpBackend | undefined;
  let upstream: Upstream;
  beforeEach(() => {
    upstream = createUpstream();
  });
  afterEach(async () => {
    upstream.close();
    await backend?.close();
    backend = undefined;
  });

  it('pass on method, target and the headers of the request, and return the whole answer', async () => {
    backend = await startHttpBackend((response) => response.writeHead(418, { 'x-answer': 'yes' }).end('öl'));
    const reply = await upstream.call(backend, HEAD, Buffer.from('häuser'));
    expect([reply.status, reply.headers['x-answer'], reply.body.toString()]).to.deep.equal([418, 'yes', 'öl']);
    const [given] = backend.requests;
    expect(given).to.include({ method: 'PUT', target: '/a?b=1', body: 'häuser' });
    expect(given?.headers).to.include({ 'x-own': '1', host: 'h', 'content-length': '7' });
    expect(given?.headers.connection).to.equal('keep-alive');
  });

  it('name the length of the body that is sent, whatever length the caller named', async () => {
    backend = await startHttpBackend((response) => response.end());
    const head = { ...HEAD, headers: { 'content-length': '99' } };
    await upstream.call(backend, head, Buffer.from('abc'));
    expect(backend.requests[0]).to.include({ body: 'abc' });
  });

  it('stream a body without a length, and the answer', async () => {
    backend = await startHttpBackend((response, { body }) => response.end(body.toUpperCase()));
    const incoming = await upstream.stream(backend, HEAD, Readable.from(['ab', 'cd']));
    expect(await text(incoming)).to.equal('ABCD');
  });

  it('fail if nothing listens, and if the connection is cut', async () => {
    const port = await closedPort();
    const refused = await upstream
      .call({ port }, HEAD, Buffer.alloc(0))
      .catch((error: NodeJS.ErrnoException) => error.code);
    expect(refused).to.equal('ECONNREFUSED');
    backend = await startHttpBackend((response) => response.destroy());
    const cut = await upstream.call(backend, HEAD, Buffer.alloc(0)).catch((error: Error) => error.message);
    expect(cut).to.equal('socket hang up');
  });

  it('fail if an answer is cut short', async () => {
    backend = await startHttpBackend((response) => {
      response.writeHead(200, { 'content-length': '10' }).write('half');
      setImmediate(() => response.destroy());
    });
    expect(await upstream.call(backend, HEAD, Buffer.alloc(0)).catch(() => 'cut')).to.equal('cut');
  });

  it('end if the caller goes away in the middle of the body, and the emulator notices it', async () => {
    let isCut = false;
    backend = await startHttpBackend(() => {});
    const body = new PassThrough();
    const calling = upstream.stream(backend, HEAD, body).catch((error: Error) => {
      isCut = true;
      return error.message;
    });
    body.write('half');
    setImmediate(() => body.destroy());
    await once(body, 'close');
    expect(await calling).to.equal('the caller went away');
    expect(isCut).to.equal(true);
    expect(backend.requests).to.deep.equal([]);
  });
});
