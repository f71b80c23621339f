import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { type FaultRule, type LocalAws, startLocalAws } from '@weir/local';
import type { APIGatewayProxyHandler, APIGatewayProxyResult, Context, S3Event } from 'aws-lambda';
import { expect } from 'chai';
import sharp from 'sharp';
import { ownerOf } from '../avatars/stored/upload-name.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { noise, plain } from '../testing/images.ts';
import { tableResource } from '../testing/table-resource.ts';
import { tellFunctions } from '../testing/told-environment.ts';

const TABLE = 'weir-test-users';
const BUCKET = 'weir-test-avatars-000000000000';
const USERS = 50;

const resources = {
  Users: tableResource(TABLE),
  Idempotency: tableResource('weir-test-idempotency', ['id']),
  Avatars: {
    Type: 'AWS::S3::Bucket',
    Properties: {
      BucketName: BUCKET,
      NotificationConfiguration: {
        LambdaConfigurations: [
          {
            Event: 's3:ObjectCreated:*',
            Function: { 'Fn::GetAtt': ['ThumbnailLambdaFunction', 'Arn'] },
            Filter: { S3Key: { Rules: [{ Name: 'prefix', Value: 'uploads/' }] } },
          },
        ],
      },
    },
  },
};
/** They are not held, but recorded under the names of their roles. */
const FUNCTIONS = Object.fromEntries(
  ['thumbnail', 'users'].map((key) => [key, { name: `weir-api-test-${key}`, timeoutSeconds: 25, events: [] }]),
);

/** Sets the caller of the next clients: a client reads its key at its first call. */
const as = (name: string) => Object.assign(process.env, { AWS_ACCESS_KEY_ID: `weirapi${name}` });

type Thumbnail = typeof import('./thumbnail.ts').handler;

describe('avatars over the local AWS', function () {
  this.timeout(120_000);
  let aws: LocalAws;
  let lambda: Server;
  let s3: S3Client;
  let users: APIGatewayProxyHandler;
  let thumbnail: Thumbnail;
  let untell = () => {};

  const invoke = (event: S3Event) =>
    thumbnail(event, { awsRequestId: 'call-1', functionName: 'thumbnail' } as Context, () => undefined);

  /** A handler reads its environment while it is loaded, so each test loads its own copy. */
  const fresh = (path: string) => import(`${path}?avatars`);

  /** Lambda's Invoke API, as serverless-offline answers it. */
  function startLambda(): Server {
    return createServer(async (request, response) => {
      const event = await text(request);
      if (event === '') return void response.writeHead(404).end();
      await (invoke(JSON.parse(event)) as Promise<void>).catch(() =>
        response.setHeader('x-amz-function-error', 'Unhandled'),
      );
      response.end('null');
    });
  }

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    untell = tellFunctions(process.env, aws.url, { WEIR_USERS_TABLE: TABLE, WEIR_AVATARS_BUCKET: BUCKET });
    [{ handler: users }, { handler: thumbnail }] = await Promise.all([fresh('./users.ts'), fresh('./thumbnail.ts')]);
    lambda = startLambda().listen(0, '127.0.0.1');
    await once(lambda, 'listening');
    const lambdaUrl = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
    const registration = { name: 'weir-api', stage: 'test', region: 'us-east-1', lambdaUrl };
    await aws.registerService({ ...registration, resources, extensions: {}, functions: FUNCTIONS });
    expect(await aws.waitForServices(['weir-api'], 10_000)).to.deep.equal({ outcome: 'ready' });
    s3 = new S3Client({ credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } });
    // The two functions run in one process: each keeps the key that it reads at its first calls.
    as('users');
    await call({ method: 'PUT', path: pathOf('first'), body: '{}' });
    const body = JSON.stringify({ contentType: 'image/png', size: 9 });
    const headers = { 'idempotency-key': 'first' };
    const begun = await call({ method: 'POST', path: `${pathOf('first')}/avatar`, headers, body });
    expect(begun.status).to.equal(201);
    as('thumbnail');
  });

  after(async () => {
    untell();
    s3?.destroy();
    await aws?.close();
    lambda?.close();
  });

  async function call(parts: EventParts): Promise<Answer> {
    const context = { awsRequestId: 'call-1', functionName: 'users', getRemainingTimeInMillis: () => 20_000 };
    return readAnswer((await users(apiEvent(parts), context as Context, () => undefined)) as APIGatewayProxyResult);
  }

  interface Presented {
    readonly status: string;
    readonly reason?: string;
    readonly url?: string;
    readonly thumbnailUrl?: string;
  }

  const pathOf = (user: string) => `/v1/users/${encodeURIComponent(user)}`;
  const avatarOf = async (user: string) => (await call({ path: pathOf(user) })).body.avatar as Presented;

  async function upload(user: string, image: Buffer, contentType = 'image/png'): Promise<void> {
    const body = JSON.stringify({ contentType, size: image.length });
    const answer = await call({ method: 'POST', path: `${pathOf(user)}/avatar`, body });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    const address = answer.body.upload as { method: string; url: string; headers: Record<string, string> };
    const sent = await fetch(address.url, { ...address, body: new Uint8Array(image) });
    expect(sent.status).to.equal(200);
  }

  async function settled(user: string): Promise<Presented> {
    for (let tries = 0; tries < 600; tries += 1) {
      const avatar = await avatarOf(user);
      if (avatar.status !== 'pending') return avatar;
      await sleep(50);
    }
    throw new Error(`${user} is still pending`);
  }

  const download = async (url: string | undefined) => {
    const response = await fetch(url ?? '');
    expect(response.status).to.equal(200);
    return { type: response.headers.get('content-type'), bytes: Buffer.from(await response.arrayBuffer()) };
  };

  async function keysOf(user: string): Promise<string[]> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET }));
    return Contents.flatMap(({ Key = '' }) => (Key.includes(ownerOf(user)) ? [Key.split('/')[0] ?? ''] : []));
  }

  /** The profile is ready first; after that, objects that it does not show are removed. */
  async function expectTidy(user: string): Promise<void> {
    for (let tries = 0; tries < 100 && (await keysOf(user)).length > 2; tries += 1) await sleep(50);
    expect(await keysOf(user)).to.have.members(['originals', 'thumbnails']);
  }

  it(`makes ${USERS} thumbnails, each 200 x 200 and of its own image, of ${USERS} uploads at once`, async () => {
    const names = Array.from({ length: USERS }, (_, index) => `user ${index} + ü`);
    const grey = (index: number) => 20 + index * 4;
    await Promise.all(
      names.map(async (user, index) => {
        await call({ method: 'PUT', path: pathOf(user), body: '{}' });
        const level = grey(index);
        const image = await plain(320 + index, 240, `rgb(${level},${level},${level})`)
          .png()
          .toBuffer();
        await upload(user, image);
      }),
    );
    for (const [index, user] of names.entries()) {
      const { status, url, thumbnailUrl } = await settled(user);
      expect(status).to.equal('ready');
      const { type, bytes } = await download(thumbnailUrl);
      const { format, width, height } = await sharp(bytes).metadata();
      expect([type, format, width, height]).to.deep.equal(['image/jpeg', 'jpeg', 200, 200]);
      const { channels } = await sharp(bytes).stats();
      expect(channels[0]?.mean).to.be.closeTo(grey(index), 1.5);
      expect((await sharp((await download(url)).bytes).metadata()).width).to.equal(320 + index);
      await expectTidy(user);
    }
  });

  it('replaces an image, and leaves nothing of the old one', async () => {
    await call({ method: 'PUT', path: pathOf('again'), body: '{}' });
    await upload('again', await noise(300, 300, 'jpeg'), 'image/jpeg');
    const first = await settled('again');
    await upload('again', await noise(300, 300, 'webp'), 'image/webp');
    const second = await settled('again');
    expect(second.url?.split('?')[0]).to.not.equal(first.url?.split('?')[0]);
    await expectTidy('again');
    expect((await fetch(first.url ?? '')).status).to.equal(404);
  });

  it('keeps the shown image when the next upload is not an image, with the reason', async () => {
    await call({ method: 'PUT', path: pathOf('careless'), body: '{}' });
    await upload('careless', await plain(50, 50).png().toBuffer());
    const { url } = await settled('careless');
    await upload('careless', Buffer.from('<html>no image</html>'));
    const avatar = await settled('careless');
    expect([avatar.status, avatar.reason]).to.deep.equal(['rejected', 'not-an-image']);
    expect(avatar.url?.split('?')[0]).to.equal(url?.split('?')[0]);
    await expectTidy('careless');
  });

  it('ignores an object without an upload address, with any key', async () => {
    const image = await plain(50, 50).png().toBuffer();
    const keys = ['uploads/a b+c/ü 一.png', 'uploads/100%', `uploads/${ownerOf('careless')}/${crypto.randomUUID()}`];
    for (const Key of keys) await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key, Body: image }));
    await sleep(500);
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: BUCKET, Prefix: 'uploads/' }));
    expect(Contents.map(({ Key }) => Key)).to.have.members(keys);
  });

  it('continues after S3 failed and an answer was lost', async () => {
    await call({ method: 'PUT', path: pathOf('unlucky'), body: '{}' });
    const addFault = (rule: FaultRule) => aws.addFaults(rule);
    addFault({ match: { service: 's3', action: 'DeleteObjects' }, kind: 'drop-after', times: 1 });
    addFault({ match: { service: 'dynamodb', action: 'PutItem' }, kind: 'drop-after', times: 1 });
    addFault({ match: { service: 's3', action: 'GetObject' }, kind: 'error', times: 4 });
    await upload('unlucky', await plain(50, 50).png().toBuffer());
    expect((await settled('unlucky')).status).to.equal('ready');
    aws.clearFaults();
  });
});
