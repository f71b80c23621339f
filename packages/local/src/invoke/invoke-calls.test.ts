import type { ServerResponse } from 'node:http';
import { expect } from 'chai';
import type { Reply } from '../aws-calls/aws-call.ts';
import { describeCall } from '../aws-calls/describe-call.ts';
import { closedPort, type HttpBackend, startHttpBackend } from '../aws-door/testing/http-backend.ts';
import type { RegisteredFunction, ServiceRegistration } from '../registration/service-registration.ts';
import { everyRight } from '../testing/every-right.ts';
import { recordedAws } from '../testing/recorded-aws.ts';
import { until } from '../testing/until.ts';
import { answerInvokeCalls } from './invoke-calls.ts';

const SIGNED = 'AWS4-HMAC-SHA256 Credential=tester/20260101/eu-west-1/lambda/aws4_request';
const checkOf = () => everyRight;
const DEAD = 'arn:aws:sqs:eu-west-1:000000000000:dead';

interface Asked {
  readonly type?: string;
  readonly name?: string;
  readonly port?: number;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly definition?: Partial<RegisteredFunction>;
}

describe("Lambda's Invoke at the door", () => {
  let backend: HttpBackend;
  let answers: ((response: ServerResponse) => void)[];
  const aws = recordedAws();
  beforeEach(async () => {
    answers = [];
    aws.calls.length = 0;
    backend = await startHttpBackend((response) =>
      (answers.shift() ?? ((last) => last.end('{"done":true}')))(response),
    );
  });
  afterEach(() => backend.close());

  function ask(asked: Asked = {}): Promise<Reply> {
    const { type, name = 'weir-local-f', port = backend.port, body = '{"a":"ä"}', headers = {}, definition } = asked;
    const own: RegisteredFunction = { name: 'weir-local-f', timeoutSeconds: 5, events: [], ...definition };
    const service: ServiceRegistration = {
      ...{ name: 'weir-x', stage: 'local', region: 'eu-west-1', lambdaUrl: `http://127.0.0.1:${port}` },
      ...{ resources: {}, extensions: {}, functions: { f: own } },
    };
    const answer = answerInvokeCalls({
      ...{
        services: () => [service],
        aws,
        awsUrl: () => 'http://127.0.0.1:4566',
        checkOf,
        log: () => {},
        pausesMs: [0, 0, 0],
      },
    });
    const invocationType = type === undefined ? {} : { 'x-amz-invocation-type': type };
    const target = `/2015-03-31/functions/${name}/invocations`;
    const head = { method: 'POST', target, headers: { authorization: SIGNED, ...invocationType, ...headers } };
    const bytes = Buffer.from(body);
    return answer(describeCall(head, bytes).call, head, bytes);
  }
  const textOf = ({ body }: Reply) => body.toString('utf8');

  for (const type of [undefined, 'RequestResponse']) {
    it(`returns what the function returns, with the type ${type}`, async () => {
      const reply = await ask({ ...(type && { type }), headers: { 'x-amz-client-context': 'e30=' } });
      expect([reply.status, textOf(reply)]).to.deep.equal([200, '{"done":true}']);
      expect(reply.headers).to.include({ 'x-amz-executed-version': '$LATEST' });
      expect(reply.headers).to.not.have.property('x-amz-function-error');
      expect(backend.requests[0]).to.include({
        ...{ method: 'POST', target: '/2015-03-31/functions/weir-local-f/invocations', body: '{"a":"ä"}' },
      });
      expect(backend.requests[0]?.headers).to.include({ 'x-amz-client-context': 'e30=' });
    });
  }

  it('returns null where the function returns nothing, and takes no event for an empty one', async () => {
    answers = [(response) => response.end()];
    expect(textOf(await ask({ body: '' }))).to.equal('null');
  });

  it('returns what the function threw, as an answer with status 200', async () => {
    answers = [
      (response) => response.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{"errorMessage":"no"}'),
    ];
    const reply = await ask();
    expect([reply.status, textOf(reply)]).to.deep.equal([200, '{"errorMessage":"no"}']);
    expect(reply.headers).to.include({ 'x-amz-function-error': 'Unhandled' });
  });

  it('takes an event with 202, and tries a function that fails three times', async () => {
    answers = Array.from({ length: 3 }, () => (response: ServerResponse) => response.writeHead(500).end('no'));
    const reply = await ask({ type: 'Event', definition: { onError: DEAD } });
    expect([reply.status, textOf(reply)]).to.deep.equal([202, '']);
    await until(() => aws.calls.length === 1);
    expect(backend.requests.map(({ body }) => body)).to.deep.equal(Array(3).fill('{"a":"ä"}'));
    expect(aws.calls[0]?.[0]).to.equal('sqs SendMessage');
  });

  it('runs nothing in a dry run', async () => {
    expect((await ask({ type: 'DryRun' })).status).to.equal(204);
    expect(backend.requests).to.deep.equal([]);
  });

  const refusals: readonly [what: string, asked: Asked, status: number, code: string, says: string][] = [
    [
      ...(['a function that no service has', { name: 'other' }, 404, 'ResourceNotFoundException'] as const),
      'Function not found: arn:aws:lambda:eu-west-1:000000000000:function:other',
    ],
    [
      ...(['what is not JSON', { body: '{', type: 'Event' }, 400, 'InvalidRequestContentException'] as const),
      'Could not parse request body into json',
    ],
    ['another type', { type: 'Now' }, 400, 'InvalidParameterValueException', 'There is no invocation type Now'],
    [
      ...(['an event over 1 MB', { type: 'Event', body: `"${'x'.repeat(2 ** 20)}"` }, 413] as const),
      ...(['RequestTooLargeException', '1048578 byte payload is too large for the Event invocation type'] as const),
    ],
  ];
  for (const [what, asked, status, code, says] of refusals) {
    it(`refuses ${what}, as Lambda does`, async () => {
      const reply = await ask(asked);
      expect(reply.status).to.equal(status);
      expect(reply.headers).to.include({ 'x-amzn-errortype': code });
      expect(JSON.parse(textOf(reply)).message).to.include(says);
      expect(backend.requests).to.deep.equal([]);
    });
  }

  it('says where the service is at fault', async () => {
    const gone = await ask({ port: await closedPort() });
    expect(JSON.parse(textOf(gone)).message).to.equal('weir-x, which has this function, does not answer');
    answers = [(response) => response.writeHead(404).end('none')];
    expect(JSON.parse(textOf(await ask())).message).to.include('answers 404: none');
  });

  it('says what it has where another operation is called', async () => {
    const head = { method: 'GET', target: '/2015-03-31/functions', headers: { authorization: SIGNED } };
    const { call } = describeCall(head, Buffer.alloc(0));
    const answer = answerInvokeCalls({ services: () => [], aws, awsUrl: () => '', checkOf, log: () => {} });
    const reply = await answer(call, head, Buffer.alloc(0));
    expect(JSON.parse(textOf(reply)).message).to.equal(
      "The local AWS answers Lambda's Invoke, and has no GET /2015-03-31/functions",
    );
  });
});
