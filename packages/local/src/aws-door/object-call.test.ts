import type { ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import type { Reply, RequestHead } from '../aws-calls/aws-call.ts';
import { describeS3Call } from '../aws-calls/describe-call.ts';
import type { CorsRule } from './bucket-cors.ts';
import type { InjectedFault } from './faults.ts';
import { makeObjectCall } from './object-call.ts';
import { closedPort } from './testing/http-backend.ts';
import { type CallFixture, createCallFixture } from './testing/made-call.ts';
import type { RecordedExchange } from './testing/recorded-exchange.ts';

interface Made {
  readonly head: Partial<RequestHead>;
  readonly body?: string;
  readonly fault?: InjectedFault;
  readonly mayList?: boolean;
  readonly missing?: string;
  /** The objects that DeleteObjects may not delete. */
  readonly forbidden?: readonly string[];
  readonly corsRule?: CorsRule | undefined;
}

describe('a call of S3', () => {
  let fixture: CallFixture;
  beforeEach(() => {
    fixture = createCallFixture();
  });
  afterEach(() => fixture.close());

  async function make(port: number, made: Made): Promise<RecordedExchange> {
    const { mayList = true, missing, forbidden = [], corsRule } = made;
    const head = { method: 'GET', ...made.head };
    const pending = fixture.pending({ ...made, head }, (exchange) => describeS3Call(exchange.head).call);
    await makeObjectCall(pending, describeS3Call(pending.exchange.head).address, {
      ...{ port, upstream: fixture.upstream, corsRule },
      rights: {
        mayList: () => mayList,
        missingOfS3: () => missing,
        missingToDelete: (_call, { bucket, key }) =>
          forbidden.includes(`${bucket}/${key}`) ? `not ${key}` : undefined,
      },
    });
    return pending.exchange;
  }

  async function makeAt(answer: (response: ServerResponse) => void, made: Made): Promise<RecordedExchange> {
    return make(await fixture.start(answer), made);
  }

  it('goes to the emulator by path, with the bucket of the host name in it, and its body as it comes', async () => {
    const headers = { host: 'photos.s3.us-east-1.amazonaws.com', 'x-amz-meta-a': '1' };
    const port = await fixture.start((response) => response.writeHead(200, { etag: '"e"' }).end('kept'));
    const exchange = await make(port, {
      head: { method: 'PUT', target: '/a/b%20c?x-id=PutObject', headers },
      body: 'picture',
    });
    expect(fixture.requests[0]).to.include({
      method: 'PUT',
      target: '/photos/a/b%20c?x-id=PutObject',
      body: 'picture',
    });
    expect(fixture.requests[0]?.headers).to.include({ host: `127.0.0.1:${port}`, 'x-amz-meta-a': '1' });
    expect(exchange.got[0]).to.have.property('status', 200);
    expect(await text(exchange.streamed)).to.equal('kept');
    expect(fixture.counted).to.deep.equal([{ status: 200, responseBytes: 4, readUnits: 0, writeUnits: 0 }]);
  });

  it('deletes the objects of a list that the caller may delete, and answers for each of the others', async () => {
    const [one, two] = ['one', 'two'].map((key) => `<Object><Key>${key}</Key></Object>`);
    const body = `<Delete>${one}${two}</Delete>`;
    const head = { method: 'POST', target: '/photos?delete', headers: { 'content-md5': 'of both' } };
    const answered = (response: ServerResponse) =>
      void response.writeHead(200).end('<DeleteResult><Deleted><Key>two</Key></Deleted></DeleteResult>');
    const exchange = await makeAt(answered, { head, body, forbidden: ['photos/one'] });
    expect(fixture.requests[0]).to.have.property('body', `<Delete>${two}</Delete>`);
    expect(fixture.requests[0]?.headers).to.not.have.property('content-md5');
    const [reply] = exchange.got as [Reply];
    const deleted = '<Deleted><Key>two</Key></Deleted>';
    const error = '<Error><Key>one</Key><Code>AccessDenied</Code><Message>not one</Message></Error>';
    expect(reply.body.toString()).to.equal(`<DeleteResult>${deleted}${error}</DeleteResult>`);
    expect(fixture.counted).to.deep.equal([
      { status: 200, responseBytes: reply.body.length, readUnits: 0, writeUnits: 0 },
    ]);
  });

  it('deletes nothing if the caller may delete none of a list', async () => {
    const head = { method: 'POST', target: '/photos?delete' };
    const body = '<Delete><Object><Key>one</Key></Object></Delete>';
    const exchange = await make(await closedPort(), { head, body, forbidden: ['photos/one'] });
    const [reply] = exchange.got as [Reply];
    expect(reply.status).to.equal(200);
    expect(reply.body.toString()).to.contain('<Error><Key>one</Key><Code>AccessDenied</Code>');
  });

  it('is counted when its last byte leaves, not before', async () => {
    let end = () => {};
    const exchange = await makeAt(
      (response) => {
        response.writeHead(200).write('begin');
        end = () => void response.end('end');
      },
      { head: { target: '/photos/a' } },
    );
    expect(fixture.counted).to.have.length(0);
    end();
    expect(await text(exchange.streamed)).to.equal('beginend');
    expect(fixture.counted.map(({ responseBytes }) => responseBytes)).to.deep.equal([8]);
  });

  it('lets a page read the answer where a rule of the bucket does', async () => {
    const head = { target: '/photos/a', headers: { origin: 'https://a.test' } };
    const corsRule = { AllowedOrigins: ['https://a.test'], AllowedMethods: ['GET'] };
    const allowed = await makeAt((response) => response.end(), { head, corsRule });
    expect((allowed.got[0] as { headers: object }).headers).to.include({
      'access-control-allow-origin': 'https://a.test',
    });
    const without = await makeAt((response) => response.end(), { head });
    expect((without.got[0] as { headers: object }).headers).to.not.have.property('access-control-allow-origin');
  });

  it('is refused if the role of its caller lacks the permission', async () => {
    const exchange = await makeAt((response) => response.end('made'), {
      head: { target: '/photos/a' },
      missing: 'no <right>',
    });
    const [answer] = exchange.got as readonly { status: number; body?: Buffer }[];
    expect(answer?.status).to.equal(403);
    expect(answer?.body?.toString()).to.match(/<Code>AccessDenied<.*no &lt;right>/);
  });

  const missing = (code: string) => (response: ServerResponse) =>
    response.writeHead(404, { 'content-type': 'application/xml' }).end(`<Error><Code>${code}</Code></Error>`);
  const cases: readonly [what: string, method: string, mayList: boolean, code: string, status: number, says: RegExp][] =
    [
      ['a caller who may list the bucket', 'GET', true, 'NoSuchKey', 404, /NoSuchKey/],
      ['a caller who may not', 'GET', false, 'NoSuchKey', 403, /<Code>AccessDenied/],
      ['a caller who may not, asking for the head', 'HEAD', false, 'NoSuchKey', 403, /./],
      ['a caller who may not, of a bucket that is not there', 'GET', false, 'NoSuchBucket', 404, /NoSuchBucket/],
      ['a caller who may not, but who deletes', 'DELETE', false, 'NoSuchKey', 404, /NoSuchKey/],
    ];
  for (const [what, method, mayList, code, status, says] of cases) {
    it(`that finds nothing is a ${status} to ${what}`, async () => {
      const exchange = await makeAt(missing(code), { head: { method, target: '/photos/none' }, mayList });
      const [answer] = exchange.got as readonly { status: number; body?: Buffer }[];
      const body = answer?.body?.toString() ?? (await text(exchange.streamed));
      expect(answer?.status).to.equal(status);
      if (method !== 'HEAD') expect(body).to.match(says);
      expect(fixture.counted.map((result) => result.status)).to.deep.equal([status]);
    });
  }

  it('is made, and its answer lost, if that is the fault', async () => {
    const made = { head: { method: 'PUT', target: '/photos/a' }, body: 'x', fault: { kind: 'drop-after' } } as const;
    const exchange = await makeAt((response) => response.end('kept'), made);
    expect([exchange.got, fixture.requests.length]).to.deep.equal([['dropped'], 1]);
    expect(fixture.counted).to.deep.equal([{ status: undefined, responseBytes: 4, readUnits: 0, writeUnits: 0 }]);
  });

  it('is not made if it is throttled', async () => {
    const exchange = await makeAt(() => {}, { head: { target: '/photos/a' }, fault: { kind: 'throttle' } });
    expect(exchange.got[0]).to.have.property('status', 503);
    expect(fixture.requests).to.have.length(0);
  });

  it('fails if the emulator has ended: the door then drops the connection', async () => {
    const failed = await make(await closedPort(), { head: { target: '/photos/a' } }).catch((error: Error) => error);
    expect(failed).to.be.an('error');
  });

  it('is dropped if the emulator goes away in the middle of an object', async () => {
    const exchange = await makeAt(
      (response) => {
        response.writeHead(200, { 'content-length': '100' }).write('half');
        setTimeout(() => response.destroy(), 5);
      },
      { head: { target: '/photos/a' } },
    );
    await new Promise((resolve) => exchange.streamed.once('close', resolve).resume());
    expect(exchange.got.at(-1)).to.equal('dropped');
    expect(fixture.counted).to.deep.equal([]);
  });
});
