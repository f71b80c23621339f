import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { ApiGatewayManagementApiClient, PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { silentLog } from '@weir/logging';
import { expect } from 'chai';
import { createPostFrame } from './create-post-frame.ts';

/** API Gateway's ids end in `=`, which a path has encoded. */
const ID = 'L0SM9cOFvHcCIhw=';
const SECRET = 'a secret';

/** What a request said. */
interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

describe('messages to clients of the WebSocket API', () => {
  const closing: Array<() => void> = [];
  afterEach(() => {
    for (const close of closing.splice(0)) close();
  });

  /** An API that answers each message with the status that it is. */
  async function open(requestTimeout = 5_000) {
    const seen: Seen[] = [];
    const server = createServer(async (request, response) => {
      const { method, url, headers } = request;
      const body = await text(request);
      seen.push({ method, url, headers, body });
      const { status } = JSON.parse(body);
      if (status === 'none') return;
      if (status === 'cut') return void request.socket.destroy();
      response.writeHead(status, { 'content-type': 'application/json' }).end(status === 200 ? '' : '{"message":"no"}');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}/prod`;
    const client = new ApiGatewayManagementApiClient({
      ...{ endpoint, region: 'eu-west-1', maxAttempts: 1 },
      credentials: { accessKeyId: 'AKID', secretAccessKey: SECRET, sessionToken: 'a token' },
      requestHandler: { requestTimeout, throwOnRequestTimeout: true },
    });
    closing.push(
      () => client.destroy(),
      () => server.close().closeAllConnections(),
    );
    const warnings: Array<{ readonly message: string; readonly fields: object }> = [];
    const log = { ...silentLog, warn: (message: string, fields = {}) => void warnings.push({ message, fields }) };
    return { client, seen, warnings, post: createPostFrame({ endpoint, client, log }) };
  }

  it('are sent as the SDK’s own command sends them', async () => {
    const { client, seen, post } = await open();
    expect(await post(ID, { status: 200, text: 'é' })).to.equal('sent');
    await client.send(new PostToConnectionCommand({ ConnectionId: ID, Data: '{"status":200,"text":"é"}' }));
    const [ours, theirs] = seen.map(({ headers, ...rest }) => ({
      ...{ ...rest, path: decodeURIComponent(rest.url ?? '') },
      headers: ['host', 'content-type', 'content-length', 'x-amz-security-token', 'x-amz-content-sha256'].map(
        (name) => headers[name],
      ),
      scope: /Credential=([^,]+),/.exec(headers.authorization ?? '')?.[1],
    }));
    expect(ours?.body).to.equal('{"status":200,"text":"é"}');
    expect({ ...ours, url: '' }).to.deep.equal({ ...theirs, url: '' });
  });

  it('are signed over what arrives', async () => {
    const { seen, post } = await open();
    await post(ID, { status: 200 });
    const [request] = seen;
    if (!request) throw new Error('nothing arrived');
    expect(request.url).to.equal('/prod/@connections/L0SM9cOFvHcCIhw%3D');
    expect(request.headers.authorization).to.contain(`Signature=${signatureOf(request)}`);
  });

  it('may find nobody, or a client that does not read', async () => {
    const { post, warnings } = await open();
    expect(await post(ID, { status: 410 })).to.equal('gone');
    expect(await post(ID, { status: 429 })).to.equal('dropped');
    expect(warnings).to.deep.equal([]);
  });

  it('are dropped when they are refused, and the log says why', async () => {
    const { post, warnings } = await open();
    expect(await post(ID, { status: 403 })).to.equal('dropped');
    const fields = { status: 403, answer: '{"message":"no"}' };
    expect(warnings).to.deep.equal([{ message: 'A message cannot be posted', fields }]);
  });

  for (const status of ['none', 'cut']) {
    it(`are dropped when there is no answer, and the log says so: ${status}`, async () => {
      const { post, warnings } = await open(50);
      expect(await post(ID, { status })).to.equal('dropped');
      expect(warnings).to.have.length(1);
      expect(await post(ID, { status: 200 })).to.equal('sent');
    });
  }
});

/** The signature that a request must have, as the documentation of Signature Version 4 computes it. */
function signatureOf({ method, url = '', headers, body }: Seen): string {
  const authorization = headers.authorization ?? '';
  const scope = /Credential=[^/]+\/([^,]+),/.exec(authorization)?.[1] ?? '';
  const signed = /SignedHeaders=([^,]+),/.exec(authorization)?.[1] ?? '';
  const lines = signed.split(';').map((name) => `${name}:${headers[name]}\n`);
  // The path is encoded once more than on the wire, for all services but S3.
  const path = url.split('/').map(encodeURIComponent).join('/');
  const canonical = [method, path, '', lines.join(''), signed, sha256(body)].join('\n');
  const signing = ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n');
  const key = scope.split('/').reduce<string | Buffer>((last, part) => hmac(last, part), `AWS4${SECRET}`);
  return hmac(key, signing).toString('hex');
}

function sha256(data: string): string {
  return createHash('sha256').update(data).digest('hex');
}

function hmac(key: string | Buffer, data: string): Buffer {
  return createHmac('sha256', key).update(data).digest();
}
