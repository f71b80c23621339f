import { GetRecordsCommand, GetShardIteratorCommand, KinesisClient, ListShardsCommand } from '@aws-sdk/client-kinesis';
import { type LocalAws, startLocalAws } from '@weir/local';
import type { APIGatewayProxyHandler, APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect } from 'chai';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';

const STREAM = 'weir-test-events';
const TABLE = 'weir-test-metrics';
const SECRET = 'weir-test-bootstrap-key';
const KEY = 'the-bootstrap-key';

const resources = {
  Events: { Type: 'AWS::Kinesis::Stream', Properties: { Name: STREAM, ShardCount: 2, RetentionPeriodHours: 24 } },
  Metrics: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [
        { AttributeName: 'pk', AttributeType: 'S' },
        { AttributeName: 'sk', AttributeType: 'S' },
      ],
      KeySchema: [
        { AttributeName: 'pk', KeyType: 'HASH' },
        { AttributeName: 'sk', KeyType: 'RANGE' },
      ],
    },
  },
  Key: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: SECRET, SecretString: KEY } },
};

/** Everything on the stream: its partition key and its text. */
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
  let handlers: Record<'events' | 'metrics' | 'meta', APIGatewayProxyHandler>;
  const environment = { ...process.env };

  /** What Lambda and the template tell the functions. */
  const told = (awsUrl: string) => ({
    AWS_ENDPOINT_URL: awsUrl,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'api',
    AWS_SECRET_ACCESS_KEY: 'local',
    WEIR_STAGE: 'test',
    WEIR_SERVICE: 'weir-api',
    WEIR_LOG_LEVEL: 'SILENT',
    WEIR_STREAM_NAME: STREAM,
    WEIR_METRICS_TABLE: TABLE,
    WEIR_BOOTSTRAP_KEY_SECRET: SECRET,
    POWERTOOLS_METRICS_DISABLED: 'true',
  });

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const registration = { name: 'fixture', stage: 'test', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...registration, resources, extensions: {}, functions: {} });
    Object.assign(process.env, told(aws.url));
    kinesis = new KinesisClient({});
    const [events, metrics, meta] = await Promise.all([
      import('./events.ts'),
      import('./metrics.ts'),
      import('./meta.ts'),
    ]);
    handlers = { events: events.handler, metrics: metrics.handler, meta: meta.handler };
  });

  after(async () => {
    for (const name of Object.keys(told(''))) delete process.env[name];
    Object.assign(process.env, environment);
    kinesis?.destroy();
    await aws?.close();
  });

  beforeEach(() => fetch(`${aws.url}/_weir/faults`, { method: 'DELETE' }));

  const addFault = (rule: object) => fetch(`${aws.url}/_weir/faults`, { method: 'POST', body: JSON.stringify(rule) });

  async function call(name: keyof typeof handlers, parts: EventParts): Promise<Answer> {
    const event = apiEvent({ ...parts, headers: { Authorization: `Bearer ${KEY}`, ...parts.headers } });
    const context = { awsRequestId: 'call-1', functionName: name } as Context;
    const result = await handlers[name](event, context, () => undefined);
    return readAnswer(result as APIGatewayProxyResult);
  }

  const send = (events: readonly object[], headers: Record<string, string> = {}) =>
    call('events', { method: 'POST', path: '/v1/events', body: JSON.stringify({ events }), headers });
  const event = (more: object = {}) => ({ userId: 'u', action: 'checkout', timestamp: Date.now(), ...more });

  it('are unavailable while the key cannot be read, and then are not', async () => {
    await addFault({ match: { service: 'secretsmanager' }, kind: 'error' });
    expectProblem(await send([event()]), 'unavailable');
    expectProblem(await call('metrics', { path: '/v1/actions' }), 'unavailable');
    await fetch(`${aws.url}/_weir/faults`, { method: 'DELETE' });
    expect((await call('metrics', { path: '/v1/actions' })).status).to.equal(200);
  });

  it('refuse another key', async () => {
    expectProblem(await send([event()], { Authorization: 'Bearer other' }), 'unauthorized');
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

  it('put a request sent again under the same Idempotency-Key where its first copy is', async () => {
    const before = new Set((await readStream(kinesis)).map(([key]) => key));
    const request = [event({ action: 'again' }), event({ action: 'again' })];
    await send(request, { 'idempotency-key': 'k-1' });
    await send(request, { 'idempotency-key': 'k-1' });
    const keys = (await readStream(kinesis)).map(([key]) => key).filter((key) => !before.has(key));
    expect(keys).to.have.length(4);
    expect(new Set(keys).size).to.equal(2);
  });

  it('accept events although the stream throttles and loses an answer', async () => {
    await addFault({ match: { service: 'kinesis', action: 'PutRecords' }, kind: 'throttle', times: 1 });
    await addFault({ match: { service: 'kinesis', action: 'PutRecords' }, kind: 'drop-after', times: 1 });
    expect((await send([event({ id: 'hard-1' })])).status).to.equal(202);
    expect((await readStream(kinesis)).map(([key]) => key)).to.include('hard-1');
  });

  it('are unavailable when the stream is down', async () => {
    await addFault({ match: { service: 'kinesis' }, kind: 'error' });
    expectProblem(await send([event()]), 'unavailable');
  });

  it('answer bad data with where it is bad', async () => {
    const answer = await send([event({ timestamp: '50000-01-01T00:00:00Z' })]);
    expectProblem(answer, 'no-valid-event');
    expect(answer.body.errors).to.have.nested.property('[0].pointer', '/events/0/timestamp');
  });

  it('answer an empty series and an empty list before anything was counted', async () => {
    expect((await call('metrics', { path: '/v1/metrics/none' })).body).to.deep.include({ series: [], asOf: null });
    expect((await call('metrics', { path: '/v1/actions' })).body).to.deep.equal({ items: [] });
  });

  it('are unavailable when the table is down', async () => {
    await addFault({ match: { service: 'dynamodb' }, kind: 'error' });
    expectProblem(await call('metrics', { path: '/v1/metrics/none' }), 'unavailable');
  });

  it('tell what they are to anybody', async () => {
    const health = await call('meta', { path: '/v1/health', headers: { Authorization: '' } });
    expect(health.body).to.deep.equal({ status: 'ok', service: 'api', stage: 'test' });
    expect((await call('meta', { path: '/v1/openapi.json' })).body.openapi).to.equal('3.1.1');
  });
});
