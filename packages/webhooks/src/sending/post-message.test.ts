import { buffer } from 'node:stream/consumers';
import { setTimeout as wait } from 'node:timers/promises';
import { getCACertificates, setDefaultCACertificates, TLSSocket } from 'node:tls';
import { expect } from 'chai';
import { createResolveHost, type ResolveHost } from '../addresses/resolve-host.ts';
import {
  makeCertificate,
  type Receiver,
  startReceiver,
  startTcpReceiver,
  startTlsReceiver,
} from '../testing/receivers.ts';
import { refusedAddresses } from '../testing/refused-addresses.ts';
import { createPostMessage, type PostOptions } from './post-message.ts';

/** Longer than a receiver of ours needs on a busy machine. */
const TIMEOUT_MS = 10_000;
const SHORT_MS = 400;
const HEADERS = { 'content-type': 'application/json', 'webhook-id': 'msg_1' };
const BODY = Buffer.from('{"type":"endpoint.test"}');
const local = { isLocal: true, resolve: createResolveHost(), now: () => Date.now(), timeoutMs: TIMEOUT_MS };
const impatient = { ...local, timeoutMs: SHORT_MS };

describe('a POST to a receiver', () => {
  const receivers: Receiver[] = [];
  const started = async (start: Promise<Receiver>) => {
    const receiver = await start;
    receivers.push(receiver);
    return receiver;
  };
  const post = (receiver: Receiver, options: PostOptions = local) =>
    createPostMessage(options)({ url: `http://localhost:${receiver.port}/hooks?a=1`, headers: HEADERS, body: BODY });

  afterEach(async () => {
    for (const receiver of receivers.splice(0)) await receiver.close();
  });

  it('carries the headers and the exact bytes, and gives the answer', async () => {
    const seen: unknown[] = [];
    const receiver = await started(
      startReceiver(async (request, answer) => {
        const { method, url, headers } = request;
        const bytes = await buffer(request);
        seen.push({ method, url, id: headers['webhook-id'], body: bytes.toString() });
        answer.writeHead(503, { 'retry-after': '7', 'webhook-delivery': 'abort-message' }).end('not now');
      }),
    );
    const result = await post(receiver);
    expect(seen).to.deep.equal([{ method: 'POST', url: '/hooks?a=1', id: 'msg_1', body: BODY.toString() }]);
    expect(result).to.include({ kind: 'answered', status: 503, response: 'not now' });
    expect(result).to.include({ retryAfter: '7', delivery: 'abort-message' });
    expect(result.at).to.be.closeTo(Date.now(), 5_000);
  });

  it('follows no redirect', async () => {
    const other = await started(startReceiver((_, answer) => void answer.end()));
    const location = `http://localhost:${other.port}/`;
    for (const status of [301, 302, 303, 307, 308]) {
      const receiver = await started(startReceiver((_, answer) => void answer.writeHead(status, { location }).end()));
      expect(await post(receiver)).to.include({ kind: 'answered', status });
    }
    expect(other.connections()).to.equal(0);
  });

  it('keeps 1 KB of an answer, however long it is, and whatever its bytes', async () => {
    for (const piece of ['a'.repeat(700), 'ü€'.repeat(300), Buffer.alloc(5_000, 0xff)]) {
      const receiver = await started(
        startReceiver((_, answer) => {
          const more = () => void (answer.destroyed || answer.write(piece, () => setImmediate(more)));
          more();
        }),
      );
      const result = await post(receiver);
      expect(result).to.include({ kind: 'answered', status: 200 });
      const { response } = result as { response: string };
      expect(Buffer.byteLength(response)).to.be.within(1021, 1024);
    }
  });

  it('keeps no control characters: in the answer of the API, they would take seven times their bytes', async () => {
    for (let code = 0; code < 0x80; code++) {
      const kept = await answerTo(Buffer.alloc(1_024, code));
      expect(JSON.stringify(JSON.stringify(kept)).length, `character ${code}`).to.be.below(4 * 1_024 + 10);
    }
    expect(await answerTo('a\tb\r\nc\0d\x1fe')).to.equal('a\tb\r\nc\ufffdd\ufffde');
  });

  async function answerTo(body: string | Buffer): Promise<string> {
    const receiver = await started(startReceiver((_, answer) => void answer.end(body)));
    return ((await post(receiver)) as { response: string }).response;
  }

  it('waits no longer than its time for a receiver that hangs', async () => {
    const receiver = await started(startTcpReceiver(() => {}));
    const result = await post(receiver, impatient);
    expect(result).to.include({ kind: 'unanswered', error: 'no answer within 0.4 s' });
    expect(result.durationMs).to.be.within(SHORT_MS - 20, SHORT_MS + 5_000);
  });

  it('waits no longer for one whose answer trickles', async () => {
    const receiver = await started(
      startTcpReceiver((socket) => {
        socket.write('HTTP/1.1 200 OK\r\nx: ');
        const timer = setInterval(() => socket.write('a'), 20);
        socket.on('close', () => clearInterval(timer));
      }),
    );
    expect(await post(receiver, impatient)).to.include({ kind: 'unanswered', error: 'no answer within 0.4 s' });
  });

  it('has its answer when the status is there, though the body trickles', async () => {
    const receiver = await started(
      startReceiver((_, answer) => {
        const timer = setInterval(() => answer.write('a'), 50);
        answer.on('close', () => clearInterval(timer));
      }),
    );
    const result = await post(receiver);
    expect(result).to.include({ kind: 'answered', status: 200 });
    expect(result.durationMs).to.be.within(900, 6_000);
  });

  it('waits no longer for name servers that hang', async () => {
    const receiver = await started(startTcpReceiver(() => {}));
    const hangs: ResolveHost = () => new Promise(() => {});
    const result = await createPostMessage({ ...impatient, resolve: hangs })({
      ...{ url: `http://receiver.example:${receiver.port}/`, headers: HEADERS, body: BODY },
    });
    expect(result).to.include({ kind: 'unanswered', error: 'no answer within 0.4 s' });
  });

  const broken: [string, () => Promise<Receiver>][] = [
    ['closes the connection', () => startTcpReceiver((socket) => void socket.destroy())],
    ['answers what is no HTTP', () => startTcpReceiver((socket) => void socket.end('SSH-2.0-x\r\n'))],
    [
      'answers with endless headers',
      () =>
        startTcpReceiver((socket) => {
          socket.write(`HTTP/1.1 200 OK\r\n${'a: b\r\n'.repeat(20_000)}`);
        }),
    ],
    [
      'wants another protocol',
      () =>
        startTcpReceiver((socket) => void socket.write('HTTP/1.1 101 X\r\nconnection: upgrade\r\nupgrade: x\r\n\r\n')),
    ],
  ];
  for (const [name, start] of broken) {
    it(`has no answer of a receiver that ${name}`, async () => {
      const receiver = await started(start());
      const result = await post(receiver);
      expect(result).to.have.property('kind', 'unanswered');
      expect(result)
        .to.have.property('error')
        .that.matches(/^.{3,200}$/);
    });
  }

  it('has no answer where nobody listens', async () => {
    const receiver = await startTcpReceiver(() => {});
    await receiver.close();
    expect(await post(receiver))
      .to.have.property('error')
      .that.contains('ECONNREFUSED');
  });

  it('is not sent to an address that the host has only at the second look', async () => {
    const receiver = await started(startReceiver((_, answer) => void answer.end()));
    for (const address of refusedAddresses) {
      const send = createPostMessage({ ...local, isLocal: false, resolve: async () => [address] });
      const url = `https://receiver.example:${receiver.port}/`;
      expect(await send({ url, headers: HEADERS, body: BODY }), address).to.have.property('kind', 'refused');
    }
    expect(receiver.connections()).to.equal(0);
  });

  it('goes to the address that was checked, whatever the name server says a moment later', async () => {
    const receiver = await started(startReceiver((_, answer) => void answer.end('here')));
    let looks = 0;
    const resolve: ResolveHost = async () => (looks++ === 0 ? ['127.0.0.1'] : ['127.0.0.2']);
    const send = createPostMessage({ ...local, resolve });
    const url = `http://receiver.example:${receiver.port}/`;
    expect(await send({ url, headers: HEADERS, body: BODY })).to.include({ kind: 'answered', response: 'here' });
    expect(looks).to.equal(1);
  });
});

const HOST = 'receiver.example';

describe('a POST over TLS', () => {
  let receiver: Receiver;
  let trusted: string[];
  const names: unknown[] = [];
  const post = (host: string) =>
    createPostMessage({ ...local, resolve: async () => ['127.0.0.1'] })({
      ...{ url: `https://${host}:${receiver.port}/`, headers: HEADERS, body: BODY },
    });

  before(async () => {
    const certificate = makeCertificate(HOST);
    trusted = getCACertificates('default');
    setDefaultCACertificates([...trusted, certificate.cert]);
    receiver = await startTlsReceiver(certificate, ({ socket }, answer) => {
      if (socket instanceof TLSSocket) names.push((socket as TLSSocket & { servername?: string }).servername);
      answer.end('safe');
    });
  });

  after(async () => {
    setDefaultCACertificates(trusted);
    await receiver.close();
  });

  it('asks the pinned address for the name of the host, and verifies it', async () => {
    expect(await post(HOST)).to.include({ kind: 'answered', status: 200, response: 'safe' });
    expect(names).to.deep.equal([HOST]);
  });

  it('is not sent where the certificate is of another host', async () => {
    const result = await post('other.example');
    expect(result).to.have.property('kind', 'unanswered');
    expect(result).to.have.property('error').that.contains('other.example');
    await wait(10);
    expect(names).to.deep.equal([HOST]);
  });
});
