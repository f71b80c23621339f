import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { type LocalAws, startLocalAws } from '@weir/local';
import type { APIGatewayProxyHandler, APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect } from 'chai';
import { storedFiring } from '../testing/alerts-api.ts';
import { apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { expectProblem } from '../testing/expect-problem.ts';
import { tableResource } from '../testing/table-resource.ts';
import { tellFunctions } from '../testing/told-environment.ts';

const TABLE = 'weir-test-notifications';
const METRICS = 'weir-test-metrics';
/** It is not held, but recorded under the name of its role. */
const FUNCTIONS = { alerts: { name: 'weir-api-test-alerts', timeoutSeconds: 15, events: [] } };

const resources = {
  Notifications: tableResource(TABLE),
  Metrics: tableResource(METRICS),
  Idempotency: tableResource('weir-test-idempotency', ['id']),
  CursorSecret: {
    Type: 'AWS::SecretsManager::Secret',
    Properties: { Name: 'weir-test-cursor-secret', GenerateSecretString: { PasswordLength: 43 } },
  },
};

const RULE = { name: 'Few orders', action: 'checkout', comparison: 'below', threshold: 10 };

describe('the function alerts over the local AWS', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let client: DynamoDBClient;
  let handler: APIGatewayProxyHandler;
  let untell = () => {};

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const registration = { name: 'weir-api', stage: 'test', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...registration, resources, extensions: {}, functions: FUNCTIONS });
    untell = tellFunctions(process.env, aws.url, { AWS_ACCESS_KEY_ID: 'weirapialerts' });
    client = new DynamoDBClient({ credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } });
    ({ handler } = await import('./alerts.ts'));
  });

  after(async () => {
    untell();
    client?.destroy();
    await aws?.close();
  });

  beforeEach(() => aws.clearFaults());

  async function call({ body, ...parts }: Omit<EventParts, 'body'> & { readonly body?: object }) {
    const told = { awsRequestId: 'call-1', functionName: 'alerts', getRemainingTimeInMillis: () => 15_000 };
    const event = apiEvent({ ...parts, ...(body && { body: JSON.stringify(body) }) });
    return readAnswer((await handler(event, told as Context, () => undefined)) as APIGatewayProxyResult);
  }

  const make = (key: string, body: object = RULE) =>
    call({ method: 'POST', path: '/v1/alerts', body, headers: { 'idempotency-key': key } });

  it('makes a rule once, changes it, lists it, and removes it', async () => {
    const made = await make('k-1');
    expect([made.status, (await make('k-1')).body]).to.deep.equal([201, made.body]);
    const path = `/v1/alerts/${made.body.id}`;
    expect((await call({ path: '/v1/alerts', query: { limit: '1' } })).body.items).to.deep.equal([made.body]);
    const changed = await call({ method: 'PATCH', path, body: { threshold: 20 } });
    expect(changed.body).to.include({ threshold: 20, state: 'waiting' });
    expect((await call({ path })).body).to.deep.equal(changed.body);
    expect((await call({ method: 'DELETE', path })).status).to.equal(204);
    expectProblem(await call({ path }), 'resource-not-found');
  });

  it('lists what a rule fired', async () => {
    const id = String((await make('k-2')).body.id);
    const store = createDynamoAlertsStore({ client, tableName: TABLE });
    await store.fire(storedFiring(id, 0), { revision: 1, version: 0, to: { version: 1 } });
    const list = await call({ path: `/v1/alerts/${id}/firings` });
    expect(list.body).to.have.nested.property('items[0].id', `${id}-0`);
  });

  it('tries a rule on what was counted, and refuses an endpoint that there is not', async () => {
    const tried = await call({ method: 'POST', path: '/v1/alerts/preview', body: { ...RULE, action: 'check*' } });
    expect(tried.status).to.equal(200);
    expect(tried.body.firings).to.have.length.within(1438, 1440);
    const channels = [{ type: 'webhook', endpointId: 'wh_AAAAAAAAAAAAAAAAAAAA' }];
    expectProblem(await make('k-3', { ...RULE, channels }), 'invalid-body');
  });

  it('makes a rule after the table was down', async () => {
    aws.addFaults({ match: { service: 'dynamodb', resource: TABLE }, kind: 'error' });
    expectProblem(await make('k-4'), 'unavailable');
    aws.clearFaults();
    expect((await make('k-4')).status).to.equal(201);
  });
});
