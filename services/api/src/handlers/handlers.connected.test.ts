import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { type FaultRule, type LocalAws, startLocalAws } from '@weir/local';
import type {
  APIGatewayAuthorizerResult,
  APIGatewayProxyHandler,
  APIGatewayProxyResult,
  APIGatewayRequestAuthorizerEvent,
  APIGatewayRequestAuthorizerHandler,
  Context,
} from 'aws-lambda';
import { expect } from 'chai';
import sinon from 'sinon';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { tableResource } from '../testing/table-resource.ts';
import { tellFunctions } from '../testing/told-environment.ts';

const STREAM = 'weir-test-events';
const TABLE = 'weir-test-metrics';
const IDEMPOTENCY = 'weir-test-idempotency';
const KEYS = 'weir-test-keys';
const SECRET = 'weir-test-bootstrap-key';
const CURSOR_SECRET = 'weir-test-cursor-secret';
const KEY = 'the-bootstrap-key';

/** The same table under the stage's own key. */
function encrypted<Table extends { readonly Properties: object }>(table: Table): Table {
  const SSESpecification = { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: { 'Fn::GetAtt': ['DataKey', 'Arn'] } };
  return { ...table, Properties: { ...table.Properties, SSESpecification } };
}

const resources = {
  Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: STREAM, ShardCount: 2, RetentionPeriodHours: 24 } },
  Metrics: tableResource(TABLE),
  Keys: tableResource(KEYS),
  Idempotency: encrypted(tableResource(IDEMPOTENCY, ['id'])),
  DataKey: { Type: 'AWS::KMS::Key' },
  Key: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: SECRET, SecretString: KEY } },
  CursorSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: CURSOR_SECRET, GenerateSecretString: { PasswordLength: 43, ExcludePunctuation: true } },
  },
};

/** They are not held, but recorded under the names of their roles. */
const FUNCTIONS = Object.fromEntries(
  ['authorize', 'events', 'keys', 'metrics'].map((key) => [
    key,
    { name: `weir-api-test-${key}`, timeoutSeconds: 10, events: [] },
  ]),
);

/** Sets the caller of the next clients: a client reads its key at its first call. */
const as = (name: string) => Object.assign(process.env, { AWS_ACCESS_KEY_ID: `weirapi${name}` });

/** All records on the stream: partition key and text. */
async function readStream(kinesis: KinesisClient): Promise<[key: string, text: string][]> {
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName: STREAM }));
  const pages = Shards.map(async ({ ShardId }) => {
    const from = { StreamName: STREAM, ShardId, ShardIteratorType: 'TRIM_HORIZON' } as const;
    const { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(from));
    const { Records = [] } = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    return Records.map(({ PartitionKey = '', Data }): [string, string] => [
      PartitionKey,
      Buffer.from(Data ?? []).toString(),
    ]);
  });
  return (await Promise.all(pages)).flat();
}

describe('the functions over the local AWS', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let kinesis: KinesisClient;
  let dynamodb: DynamoDBClient;
  let handlers: Record<'events' | 'metrics' | 'meta' | 'keys', APIGatewayProxyHandler>;
  let authorizer: APIGatewayRequestAuthorizerHandler;
  let untell = () => {};

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const registration = { name: 'weir-api', stage: 'test', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...registration, resources, extensions: {}, functions: FUNCTIONS });
    untell = tellFunctions(process.env, aws.url, {
      WEIR_STREAM_NAME: STREAM,
      WEIR_METRICS_TABLE: TABLE,
      WEIR_IDEMPOTENCY_TABLE: IDEMPOTENCY,
      WEIR_RATE_LIMIT_PER_SECOND: '1',
      WEIR_RATE_LIMIT_BURST: '100',
      WEIR_KEYS_TABLE: KEYS,
      WEIR_BOOTSTRAP_KEY_SECRET: SECRET,
      WEIR_CURSOR_SECRET: CURSOR_SECRET,
    });
    const credentials = { accessKeyId: 'tester', secretAccessKey: 'local' };
    kinesis = new KinesisClient({ credentials });
    dynamodb = new DynamoDBClient({ credentials });
    const [events, metrics, meta, keys, authorize] = await Promise.all([
      import('./events.ts'),
      import('./metrics.ts'),
      import('./meta.ts'),
      import('./keys.ts'),
      import('./authorize.ts'),
    ]);
    handlers = { events: events.handler, metrics: metrics.handler, meta: meta.handler, keys: keys.handler };
    authorizer = authorize.handler;
  });

  after(async () => {
    untell();
    kinesis?.destroy();
    dynamodb?.destroy();
    await aws?.close();
  });

  beforeEach(() => aws.clearFaults());

  const addFault = (rule: FaultRule) => aws.addFaults(rule);

  /** The authorizer's answer for a key. It rejects if the authorizer does. */
  async function authorize(key: string): Promise<APIGatewayAuthorizerResult> {
    const headers = { Authorization: `Bearer ${key}` };
    const methodArn = 'arn:aws:execute-api:us-east-1:000000000000:api/test/GET/v1/actions';
    const event = { ...apiEvent({ path: '/v1/actions', headers }), type: 'REQUEST', methodArn };
    const context = { awsRequestId: 'call-1', functionName: 'authorize' } as Context;
    const asked = event as unknown as APIGatewayRequestAuthorizerEvent;
    as('authorize');
    return (await authorizer(asked, context, () => undefined)) as APIGatewayAuthorizerResult;
  }

  /** Calls a function as API Gateway does after the authorizer has admitted the key. */
  async function call(name: keyof typeof handlers, parts: EventParts, key = KEY): Promise<Answer> {
    const event = apiEvent(parts);
    const { context: told } = await authorize(key);
    const requestContext = { ...event.requestContext, authorizer: told };
    const context = { awsRequestId: 'call-1', functionName: name, getRemainingTimeInMillis: () => 10_000 } as Context;
    as(name);
    const result = await handlers[name]({ ...event, requestContext } as typeof event, context, () => undefined);
    return readAnswer(result as APIGatewayProxyResult);
  }

  const send = (events: readonly object[], headers: Record<string, string> = {}) =>
    call('events', { method: 'POST', path: '/v1/events', body: JSON.stringify({ events }), headers });
  const event = (more: object = {}) => ({ userId: 'u', action: 'checkout', timestamp: Date.now(), ...more });

  const makeKey = async (body: object): Promise<{ id: string; key: string }> => {
    const text = JSON.stringify({ name: 'n', ...body });
    const answer = await call('keys', { method: 'POST', path: '/v1/keys', body: text });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    return { id: String(answer.body.id), key: String(answer.body.key) };
  };
  const isLetIn = async (key: string) => (await authorize(key)).policyDocument.Statement[0]?.Effect === 'Allow';
  const failureOf = (work: Promise<unknown>) =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    );

  it('neither admit nor deny a key while the bootstrap key cannot be read; then they read it', async () => {
    addFault({ match: { service: 'secretsmanager' }, kind: 'error' });
    expect(await failureOf(authorize(KEY))).to.be.an('error');
    aws.clearFaults();
    expect(await isLetIn(KEY)).to.equal(true);
    expect(await isLetIn('another')).to.equal(false);
  });

  it('make a key that works at once, on the routes of its scopes', async () => {
    const { key } = await makeKey({ scopes: ['metrics:read'] });
    expect((await call('metrics', { path: '/v1/actions' }, key)).status).to.equal(200);
    const refused = await call('events', { method: 'POST', path: '/v1/events', body: '{}' }, key);
    expectProblem(refused, 'forbidden');
    expect(refused.body.detail).to.include('events:write');
  });

  it('keep a key to its action prefixes', async () => {
    const { key } = await makeKey({ scopes: ['metrics:read', 'events:write'], actionPrefixes: ['shop.'] });
    const body = JSON.stringify({ events: [event({ action: 'shop.a' }), event({ action: 'web' })] });
    const sent = await call('events', { method: 'POST', path: '/v1/events', body }, key);
    expect(sent.body).to.have.property('accepted', 1);
    expect(sent.body.rejected).to.have.nested.property('[0].reason', 'action-not-allowed');
    expectProblem(await call('metrics', { path: '/v1/metrics/web' }, key), 'forbidden');
    expect((await call('metrics', { path: '/v1/metrics/shop.a' }, key)).status).to.equal(200);
  });

  it('list the state of keys, and refuse a removed key', async () => {
    const { id, key } = await makeKey({ scopes: ['metrics:read'] });
    expect(await isLetIn(key)).to.equal(true);
    expect((await call('keys', { method: 'DELETE', path: `/v1/keys/${id}` })).status).to.equal(204);
    expect(await isLetIn(key)).to.equal(false);
    const items: object[] = [];
    let query: Record<string, string> = { limit: '2' };
    for (;;) {
      const { body } = await call('keys', { path: '/v1/keys', query });
      items.push(...(body.items as object[]));
      if (typeof body.cursor !== 'string') break;
      query = { ...query, cursor: body.cursor };
    }
    const record = items.find((item) => 'id' in item && item.id === id);
    expect(record).to.include({ status: 'removed', createdBy: 'bootstrap', removedBy: 'bootstrap' });
    expect(record).to.include.keys('lastUsedAt', 'removedAt');
    expect(JSON.stringify(items)).to.not.include(key);
  });

  it('refuse an expired key', async () => {
    const { key } = await makeKey({ scopes: ['metrics:read'], expiresAt: new Date(Date.now() + 60_000).toISOString() });
    expect(await isLetIn(key)).to.equal(true);
    const clock = sinon.useFakeTimers({ now: Date.now() + 60_000, toFake: ['Date'] });
    try {
      expect(await isLetIn(key)).to.equal(false);
    } finally {
      clock.restore();
    }
  });

  it('admit the bootstrap key, and other keys, each while the other’s store is down', async () => {
    const { key } = await makeKey({ scopes: ['metrics:read'] });
    addFault({ match: { service: 'dynamodb' }, kind: 'error' });
    expect(await isLetIn(KEY)).to.equal(true);
    expect(await failureOf(authorize(key))).to.be.an('error');
    expectProblem(await call('keys', { path: '/v1/keys' }), 'unavailable');
    aws.clearFaults();
    addFault({ match: { service: 'secretsmanager' }, kind: 'error' });
    expect(await isLetIn(key)).to.equal(true);
  });

  it('admit a key even if its use cannot be noted', async () => {
    const { key } = await makeKey({ scopes: ['metrics:read'] });
    addFault({ match: { service: 'dynamodb', action: 'UpdateItem' }, kind: 'error' });
    expect(await isLetIn(key)).to.equal(true);
  });

  it('put accepted events on the stream under their ids', async () => {
    const { status, body } = await send([
      event({ id: 'good-1', note: 'ü' }),
      event({ value: 'x' }),
      event({ id: 'good-2' }),
    ]);
    expect([status, body.accepted]).to.deep.equal([202, 2]);
    const stored = await readStream(kinesis);
    expect(stored.map(([key]) => key)).to.include.members(['good-1', 'good-2']);
    for (const [key, text] of stored) expect(JSON.parse(text).id).to.equal(key);
  });

  it('answer a request sent again under the same Idempotency-Key without doing it again', async () => {
    const before = (await readStream(kinesis)).length;
    const request = [event({ action: 'again' }), event({ action: 'again' }), event({ value: 'x' })];
    const first = await send(request, { 'idempotency-key': 'k-1' });
    const again = await send(request, { 'idempotency-key': 'k-1' });
    expect([again.status, again.body]).to.deep.equal([first.status, first.body]);
    expect(again.headers['idempotency-replayed']).to.equal('true');
    expect(await readStream(kinesis)).to.have.length(before + 2);
    expectProblem(await send([event()], { 'idempotency-key': 'k-1' }), 'idempotency-key-reused');
  });

  it('put a repeated request on the same shard as its first copy, even without a stored answer', async () => {
    const before = new Set((await readStream(kinesis)).map(([key]) => key));
    const request = [event({ action: 'again' }), event({ action: 'again' })];
    await send(request, { 'idempotency-key': 'k-2' });
    const names = { TableName: IDEMPOTENCY };
    const { Items = [] } = await dynamodb.send(new ScanCommand(names));
    for (const { id } of Items) await dynamodb.send(new DeleteItemCommand({ ...names, Key: { id: id ?? { S: '' } } }));
    await send(request, { 'idempotency-key': 'k-2' });
    const keys = (await readStream(kinesis)).map(([key]) => key).filter((key) => !before.has(key));
    expect(keys).to.have.length(4);
    expect(new Set(keys).size).to.equal(2);
  });

  it('make a key once under an Idempotency-Key, and show its secret once', async () => {
    const parts = {
      method: 'POST',
      path: '/v1/keys',
      headers: { 'idempotency-key': 'k-5' },
      body: JSON.stringify({ name: 'once', scopes: ['metrics:read'] }),
    };
    const first = await call('keys', parts);
    const again = await call('keys', parts);
    expect([first.status, again.status]).to.deep.equal([201, 201]);
    const { key, ...rest } = first.body;
    expect(key).to.be.a('string');
    expect(again.body).to.deep.equal(rest);
    const { Items } = await dynamodb.send(new ScanCommand({ TableName: IDEMPOTENCY }));
    expect(JSON.stringify(Items)).to.include('once').and.not.include(String(key).slice(5, 40));
    const other = await authorize(String(key)).then(() => call('keys', parts, String(key)));
    expectProblem(other, 'forbidden');
  });

  it('refuse requests with an Idempotency-Key while the table is down, and accept others', async () => {
    addFault({ match: { service: 'dynamodb' }, kind: 'error' });
    expectProblem(await send([event()], { 'idempotency-key': 'k-3' }), 'unavailable');
    expect((await send([event()])).status).to.equal(202);
  });

  it('store no answer that asks for a retry', async () => {
    const request = [event({ id: 'late-1' })];
    addFault({ match: { service: 'kinesis' }, kind: 'error' });
    expectProblem(await send(request, { 'idempotency-key': 'k-4' }), 'unavailable');
    aws.clearFaults();
    expect((await send(request, { 'idempotency-key': 'k-4' })).status).to.equal(202);
    const headers = { 'idempotency-key': 'k-6' };
    const body = JSON.stringify({ name: 'late', scopes: ['metrics:read'] });
    addFault({ match: { service: 'dynamodb', resource: KEYS, caller: 'weirapikeys' }, kind: 'error' });
    expectProblem(await call('keys', { method: 'POST', path: '/v1/keys', headers, body }), 'unavailable');
    aws.clearFaults();
    expect((await call('keys', { method: 'POST', path: '/v1/keys', headers, body })).status).to.equal(201);
  });

  it('accept events although the stream throttles and loses an answer', async () => {
    addFault({ match: { service: 'kinesis', action: 'PutRecords' }, kind: 'throttle', times: 1 });
    addFault({ match: { service: 'kinesis', action: 'PutRecords' }, kind: 'drop-after', times: 1 });
    expect((await send([event({ id: 'hard-1' })])).status).to.equal(202);
    expect((await readStream(kinesis)).map(([key]) => key)).to.include('hard-1');
  });

  it('are unavailable when the stream is down', async () => {
    addFault({ match: { service: 'kinesis' }, kind: 'error' });
    expectProblem(await send([event()]), 'unavailable');
  });

  it('answer bad data with the place of each fault', async () => {
    const answer = await send([event({ timestamp: '50000-01-01T00:00:00Z' })]);
    expectProblem(answer, 'no-valid-event');
    expect(answer.body.errors).to.have.nested.property('[0].pointer', '/events/0/timestamp');
  });

  it('answer an empty series and an empty list before anything was counted', async () => {
    expect((await call('metrics', { path: '/v1/metrics/none' })).body).to.deep.include({ series: [], asOf: null });
    expect((await call('metrics', { path: '/v1/actions' })).body).to.deep.equal({ items: [] });
  });

  it('refuse a cursor that they did not make', async () => {
    const query = { cursor: Buffer.alloc(40).toString('base64url') };
    expectProblem(await call('metrics', { path: '/v1/actions', query }), 'invalid-parameter');
  });

  it('are unavailable when the table is down', async () => {
    addFault({ match: { service: 'dynamodb' }, kind: 'error' });
    expectProblem(await call('metrics', { path: '/v1/metrics/not.asked.before' }), 'unavailable');
  });

  // The last test with a key, as it uses up the limit.
  it('refuse a key that sends too many requests, with the time to wait', async () => {
    const answers = await Promise.all(Array.from({ length: 120 }, () => call('metrics', { path: '/v1/actions' })));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).to.have.length.within(20, 40);
    for (const answer of refused) {
      expectProblem(answer, 'too-many-requests');
      expect(answer.headers).to.include({ 'retry-after': '1', ratelimit: '"key";r=0;t=1' });
      expect(answer.headers['ratelimit-policy']).to.equal('"key";q=100;w=100');
    }
  });

  it('describe the API without a key', async () => {
    const health = await call('meta', { path: '/v1/health' });
    expect(health.body).to.deep.equal({ status: 'ok', service: 'api', stage: 'test' });
    expect((await call('meta', { path: '/v1/openapi.json' })).body.openapi).to.equal('3.1.1');
  });
});
