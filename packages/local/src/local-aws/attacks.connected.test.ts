import { request } from 'node:http';
import { connect } from 'node:http2';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { LocalAws } from './local-aws.ts';
import { startLocalAws } from './start-local-aws.ts';

const NAMED = 'https://app.example.com';
const EVIL = 'https://evil.test';
const REGISTRATION = { stage: 'local', region: 'us-east-1', extensions: {}, functions: {} };

/** A page that is let in signs as anybody does: nobody checks signatures here. */
function signed(service: string): Record<string, string> {
  const authorization = `AWS4-HMAC-SHA256 Credential=evil/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
  return { authorization, 'x-amz-date': '20260101T000000Z' };
}

describe('the local AWS, attacked', function () {
  this.timeout(60_000);
  let aws: LocalAws;

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const rule = {
      AllowedMethods: ['GET', 'PUT'],
      AllowedOrigins: [NAMED],
      AllowedHeaders: ['content-type'],
      MaxAge: 7,
    };
    const cors = { CorsConfiguration: { CorsRules: [{ ...rule, ExposedHeaders: ['ETag'] }] } };
    const resources = {
      Pictures: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'pictures', ...cors } },
      Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } },
      Key: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'key', GenerateSecretString: {} } },
    };
    await aws.registerService({ ...REGISTRATION, name: 'owner', lambdaUrl: 'http://127.0.0.1:9', resources });
    for (const bucket of ['pictures', 'archive']) await call(`PUT /${bucket}/a.txt`, signed('s3'), 'secret text');
  });
  after(() => aws?.close());
  afterEach(() => aws.clearFaults());

  interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
    readonly body: string;
  }

  /** Sends what `fetch` would not let a test say: a host, an origin. */
  function call(line: string, headers: Record<string, string> = {}, body = ''): Promise<Answer> {
    const [method = '', path = ''] = line.split(' ');
    return new Promise((resolve, reject) => {
      const { hostname: host, port } = new URL(aws.url);
      const outgoing = request({ host, port, method, path, headers }, async (response) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: await text(response) });
      });
      outgoing.on('error', reject).end(body);
    });
  }

  const json = { 'content-type': 'application/json' };
  const bearer = () => ({ authorization: `Bearer ${aws.token}` });
  const rule = JSON.stringify({ match: { service: 'secretsmanager' }, kind: 'error' });
  const secret = { ...signed('secretsmanager'), 'x-amz-target': 'secretsmanager.GetSecretValue' };
  const readSecret = (headers: Record<string, string> = {}) =>
    call('POST /', { ...secret, ...headers }, JSON.stringify({ SecretId: 'key' }));
  const isFaulty = async () => (await readSecret()).status >= 500;

  it('lets programs in, under each of its names', async () => {
    for (const host of ['localhost:4566', '127.0.0.1', '[::1]:4566']) {
      expect((await readSecret({ host })).status, host).to.equal(200);
    }
    expect((await call('GET /a.txt', { host: 'archive.localhost:4566', ...signed('s3') })).body).to.equal(
      'secret text',
    );
  });

  describe('by a name that was pointed at it', () => {
    it('gives no secret, no object and no count away', async () => {
      const host = 'evil.test:4566';
      for (const answer of [
        await readSecret({ host }),
        await call('GET /archive/a.txt', { host, ...signed('s3') }),
        await call('GET /a.txt', { host: 'archive.s3.us-east-1.amazonaws.com', ...signed('s3') }),
        await call('GET /_weir/services', { host }),
      ]) {
        expect(answer.status).to.equal(403);
        expect(JSON.parse(answer.body).message).to.include('is not this machine');
      }
    });

    it('gives nothing away over HTTP/2 either', async () => {
      const session = connect(aws.url);
      const stream = session.request({ ':path': '/archive/a.txt', ':authority': 'evil.test', ...signed('s3') });
      const status = await new Promise((resolve) => stream.once('response', (headers) => resolve(headers[':status'])));
      stream.close();
      session.destroy();
      expect(status).to.equal(403);
    });
  });

  describe('by a page in a browser', () => {
    for (const [method, path] of [
      ['POST', '/_weir/faults'],
      ['POST', '/_weir/services/evil'],
      ['DELETE', '/_weir/services/owner'],
      ['DELETE', '/_weir/usage'],
      ['GET', '/_weir/services'],
      ['OPTIONS', '/_weir/faults'],
    ] as const) {
      it(`takes no ${method} ${path}, whatever it shows`, async () => {
        for (const origin of [EVIL, NAMED, 'null', 'http://127.0.0.1:4566']) {
          const answer = await call(
            `${method} ${path}`,
            { origin, ...json, ...bearer() },
            method === 'POST' ? rule : '',
          );
          expect(answer.status, origin).to.equal(403);
          expect(answer.headers).to.not.have.property('access-control-allow-origin');
        }
        expect(await isFaulty()).to.equal(false);
        expect(aws.services().map(({ name }) => name)).to.deep.equal(['owner']);
      });
    }

    it('takes no call of a service, in any form that needs no leave', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/x-amz-json-1.1']) {
        expect((await readSecret({ origin: EVIL, 'content-type': type })).status).to.equal(403);
        expect((await readSecret({ origin: NAMED, 'content-type': type })).status).to.equal(403);
      }
      const inQuery = '/?Action=ListQueues&X-Amz-Credential=evil/20260101/us-east-1/sqs/aws4_request';
      expect(
        (await call(`GET ${inQuery}`, { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).status,
      ).to.equal(403);
    });

    it('shows a bucket to no origin that the bucket does not name', async () => {
      for (const [bucket, origin] of [
        ['archive', EVIL],
        ['archive', NAMED],
        ['pictures', EVIL],
        ['pictures', 'null'],
      ] as const) {
        const answer = await call(`GET /${bucket}/a.txt`, { origin, ...signed('s3') });
        expect(answer.status).to.equal(403);
        expect(answer.body).to.not.include('secret text');
        expect(answer.headers).to.not.have.property('access-control-allow-origin');
        const asks = { origin, 'access-control-request-method': 'PUT' };
        expect((await call(`OPTIONS /${bucket}/a.txt`, asks)).status).to.equal(403);
      }
    });

    it('takes no object from such an origin', async () => {
      expect((await call('PUT /archive/b.txt', { origin: EVIL, ...signed('s3') }, 'x')).status).to.equal(403);
      expect((await call('GET /archive/b.txt', signed('s3'))).status).to.equal(404);
    });

    it('lets a page send and read pictures whose origin the bucket names', async () => {
      const asks = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'content-type' };
      const presigned =
        '/pictures/c.txt?X-Amz-Credential=weirapiusers/20260101/us-east-1/s3/aws4_request&X-Amz-Signature=0';
      const leave = await call(`OPTIONS ${presigned}`, { origin: NAMED, ...asks });
      expect(leave).to.deep.include({ status: 200 });
      expect(leave.headers).to.include({
        'access-control-allow-origin': NAMED,
        'access-control-allow-methods': 'GET, PUT',
        'access-control-allow-headers': 'content-type',
        'access-control-max-age': '7',
      });
      const put = await call(`PUT ${presigned}`, { origin: NAMED, 'content-type': 'text/plain' }, 'picture');
      expect(put.status).to.equal(200);
      expect(put.headers).to.include({ 'access-control-allow-origin': NAMED, 'access-control-expose-headers': 'ETag' });
      expect((await call(`GET ${presigned}`, { origin: NAMED })).body).to.equal('picture');
      // As <img> asks.
      const image = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
      expect((await call(`GET ${presigned}`, { ...image, referer: `${NAMED}/` })).body).to.equal('picture');
      expect((await call(`GET ${presigned}`, { ...image, referer: `${EVIL}/` })).status).to.equal(403);
    });

    it('opens an object that a link leads to', async () => {
      const visit = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
      expect((await call('GET /pictures/a.txt', { ...visit, ...signed('s3') })).body).to.equal('secret text');
      expect((await call('GET /_weir/services', visit)).status).to.equal(403);
    });
  });

  describe('by a program without the token', () => {
    for (const [method, path] of [
      ['POST', '/_weir/faults'],
      ['DELETE', '/_weir/faults'],
      ['DELETE', '/_weir/usage'],
      ['POST', '/_weir/services/evil'],
      ['DELETE', '/_weir/services/owner'],
    ] as const) {
      it(`answers ${method} ${path} with 401, and where the token is`, async () => {
        for (const headers of [json, { ...json, authorization: 'Bearer guess' }]) {
          const answer = await call(`${method} ${path}`, headers, method === 'POST' ? rule : '');
          expect(answer.status).to.equal(401);
          expect(JSON.parse(answer.body).message).to.include('.weir/local.json');
        }
        expect(await isFaulty()).to.equal(false);
      });
    }
  });

  it('takes nothing but JSON from who has the token', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', '']) {
      const headers = { ...bearer(), ...(type && { 'content-type': type }) };
      expect((await call('POST /_weir/faults', headers, rule)).status).to.equal(415);
    }
    expect((await call('POST /_weir/faults', { ...bearer(), ...json }, '{')).status).to.equal(400);
    expect(await isFaulty()).to.equal(false);
    expect((await call('POST /_weir/faults', { ...bearer(), ...json }, rule)).status).to.equal(200);
    expect(await isFaulty()).to.equal(true);
  });

  it('hands the stream to no functions of another machine', async () => {
    const evil = { ...REGISTRATION, name: 'evil', lambdaUrl: 'http://evil.test/', resources: {} };
    const answer = await call('POST /_weir/services/evil', { ...bearer(), ...json }, JSON.stringify(evil));
    expect(answer.status).to.equal(400);
    expect(aws.services().map(({ name }) => name)).to.deep.equal(['owner']);
  });

  it('shows its mails to its own page alone', async () => {
    const status = async (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        const { hostname: host, port } = new URL(aws.mailUrl);
        const outgoing = request({ host, port, path: '/store', headers }, (response) => {
          resolve(response.resume().statusCode);
        });
        outgoing.on('error', reject).end();
      });
    expect(await status({})).to.equal(200);
    expect(await status({ 'sec-fetch-site': 'same-origin' })).to.equal(200);
    expect(await status({ origin: EVIL })).to.equal(403);
    expect(await status({ host: 'evil.test' })).to.equal(403);
  });
});
