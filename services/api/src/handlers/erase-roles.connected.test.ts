import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { S3Client } from '@aws-sdk/client-s3';
import { ActivityBuilder, DeltaBuilder, encodeLogEntry } from '@weir/aggregates';
import { compress, digestOf, objectKey, runObjectKey } from '@weir/archive';
import { createS3ObjectStore } from '@weir/archive/s3';
import { createActivityStore, createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createDynamoAlertsStore } from '@weir/dynamodb/alerts';
import { createDynamoReportsStore, draftKey, reportFileKey } from '@weir/dynamodb/reports';
import { createDynamoWebhooksStore } from '@weir/dynamodb/webhooks';
import { type LocalAws, startLocalAws } from '@weir/local';
import type { APIGatewayProxyHandler, APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect } from 'chai';
import { load } from 'js-yaml';
import sinon from 'sinon';
import { ownerOf } from '../avatars/stored/upload-name.ts';
import { openAvatarObjects } from '../aws/open-avatar-objects.ts';
import type { createEraseHandler, ScheduledInput } from '../erasures/passes/erase-handler.ts';
import type { EraseInput, EraseProgress } from '../erasures/passes/erase-task.ts';
import { storedAlert } from '../testing/alerts-api.ts';
import { type Answer, apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { dailyReport } from '../testing/reports-api.ts';
import { tableResource } from '../testing/table-resource.ts';
import { tellFunctions } from '../testing/told-environment.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const LOG_ID = '1764000000.0';
const MACHINE = 'weir-test-erasures';
const LAST_PASS_SECONDS = 8 * 86_400;

/** The actions that IAM checks, if they are not the name of the call. */
const ACTIONS: Readonly<Record<string, readonly string[]>> = {
  'dynamodb:BatchExecuteStatement': ['dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
  's3:ListObjectsV2': ['s3:ListBucket'],
  's3:DeleteObjects': ['s3:DeleteObject'],
};

/** The actions in each function's transactions, which the calls do not show. */
const TRANSACTIONS: Readonly<Record<string, readonly string[]>> = {
  users: ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  erase: ['dynamodb:ConditionCheckItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
};

const resources = {
  Metrics: tableResource('weir-test-metrics'),
  Users: tableResource('weir-test-users'),
  Reports: tableResource('weir-test-reports'),
  Notifications: tableResource('weir-test-notifications'),
  ReportFiles: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'weir-test-reports-000000000000' } },
  Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'weir-test-archive-000000000000' } },
  Avatars: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'weir-test-avatars-000000000000' } },
  Machine: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: { StateMachineName: MACHINE, Definition: { StartAt: 'Done', States: { Done: { Type: 'Succeed' } } } },
  },
};

/** They are not held, but recorded under the names of their roles. */
const FUNCTIONS = Object.fromEntries(
  ['users', 'erase'].map((key) => [key, { name: `weir-api-test-${key}`, timeoutSeconds: 20, events: [] }]),
);

/** The actions of a function's own role, from serverless.yml. */
function allowed(name: string): string[] {
  const text = readFileSync(new URL('../../serverless.yml', import.meta.url), 'utf8');
  const { functions } = load(text) as {
    functions: Record<string, { iamRoleStatements: (string | { Action: string | string[] })[] }>;
  };
  const statements = functions[name]?.iamRoleStatements ?? [];
  return statements.flatMap((statement) => (typeof statement === 'string' ? [] : statement.Action));
}

describe('erasing a user over the local AWS', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let lambda: Server;
  let clock: sinon.SinonFakeTimers;
  let untell = () => {};

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    untell = tellFunctions(process.env, aws.url, {
      WEIR_METRICS_TABLE: 'weir-test-metrics',
      WEIR_USERS_TABLE: 'weir-test-users',
      WEIR_ARCHIVE_BUCKET: 'weir-test-archive-000000000000',
      WEIR_AVATARS_BUCKET: 'weir-test-avatars-000000000000',
      WEIR_REPORTS_TABLE: 'weir-test-reports',
      WEIR_REPORTS_BUCKET: 'weir-test-reports-000000000000',
      WEIR_ERASURE_LAST_PASS_SECONDS: String(LAST_PASS_SECONDS),
      WEIR_ERASURE_ORPHANS_SECONDS: '1',
      WEIR_ERASURE_MACHINE_ARN: `arn:aws:states:us-east-1:000000000000:stateMachine:${MACHINE}`,
    });
    // The state machine of this test calls no function.
    lambda = createServer((_, response) => void response.writeHead(404).end());
    await new Promise<void>((resolve) => lambda.listen(0, '127.0.0.1', resolve));
    const lambdaUrl = `http://127.0.0.1:${(lambda.address() as AddressInfo).port}`;
    const registration = { name: 'weir-api', stage: 'test', region: 'us-east-1', extensions: {}, functions: FUNCTIONS };
    await aws.registerService({ ...registration, resources, lambdaUrl });
    await aws.waitForServices(['weir-api'], 10_000);
    clock = sinon.useFakeTimers({ now: Date.now(), toFake: ['Date'], shouldAdvanceTime: true });
  });

  after(async () => {
    clock?.restore();
    lambda?.close();
    await aws?.close();
    untell();
  });

  /** Sets the caller of the next clients: a client reads its key at its first call. */
  const as = (caller: string) => Object.assign(process.env, { AWS_ACCESS_KEY_ID: caller });

  /** A copy of its own: another test's function with this name has another environment. */
  const importHandler = async <T>(file: string): Promise<T> =>
    (await import(new URL(`./${file}?roles`, import.meta.url).href)).handler;

  async function callUsers(handler: APIGatewayProxyHandler, parts: EventParts): Promise<Answer> {
    as('weirapiusers');
    const context = { awsRequestId: 'r', functionName: 'users', getRemainingTimeInMillis: () => 20_000 };
    return readAnswer((await handler(apiEvent(parts), context as Context, () => undefined)) as APIGatewayProxyResult);
  }

  async function erase(input: EraseInput | ScheduledInput): Promise<EraseProgress | undefined> {
    as('weirapierase');
    const handler = await importHandler<ReturnType<typeof createEraseHandler>>('erase.ts');
    const context = { awsRequestId: 'r', functionName: 'erase', getRemainingTimeInMillis: () => 900_000 };
    return handler(input, context as Context);
  }

  /** Runs a pass to its end, as the state machine does; undefined if the schedule begins none. */
  async function runPass(pass: number): Promise<EraseProgress['status'] | undefined> {
    await erase({ task: 'start-due-pass' });
    let progress = await erase({ pass });
    while (progress?.status === 'more') progress = await erase({ pass });
    return progress?.status;
  }

  /** Writes data of the user in every place, as the other services do. */
  async function createSeed() {
    as('seed');
    const store = createDynamoMetricsStore({ client: createDynamoDbClient(), tableName: 'weir-test-metrics' });
    const objects = createS3ObjectStore({ client: new S3Client({}), bucket: 'weir-test-archive-000000000000' });
    const avatars = openAvatarObjects('weir-test-avatars-000000000000');
    const hour = Math.floor(Date.now() / HOUR_MS) - 30;
    const arrival = hour * HOUR_MS;
    const line = `{"at":"s:1:0","arrival":${arrival},"outcome":"counted","event":{"userId":"me","action":"a","timestamp":5}}\n`;
    const bytes = compress(Buffer.from(line));
    const run = { logId: LOG_ID, from: 0, to: 0, hour, digest: hashOf(bytes), swept: false };
    await store.register(LOG_ID, []);
    await objects.put(runObjectKey(run) ?? '', bytes);
    await store.addRun(run);
    const data = Buffer.from('{"userId":"me"}').toString('base64');
    const reports = createDynamoReportsStore({ client: createDynamoDbClient(), tableName: 'weir-test-reports' });
    const report = dailyReport('2025-11-24', { holdsUsers: true });
    await reports.claim(report);
    const files = createS3ObjectStore({ client: new S3Client({}), bucket: 'weir-test-reports-000000000000' });
    const keys = [reportFileKey(report, 1, 'json'), draftKey(report, 'a')];
    for (const key of keys) await files.put(key, Buffer.from('{"userId":"me"}'));
    const alerts = createDynamoAlertsStore({ client: createDynamoDbClient(), tableName: 'weir-test-notifications' });
    await alerts.create(storedAlert('a1', { channels: [{ type: 'email', to: 'me' }] }));
    const webhooks = createDynamoWebhooksStore({
      client: createDynamoDbClient(),
      tableName: 'weir-test-notifications',
    });
    for (const [id, path] of [
      ['enabled', ''],
      ['disabled', ''],
      ['named', 'zoe@shop.example'],
    ]) {
      await webhooks.createEndpoint({
        ...{ id: String(id), url: `https://receiver.example/${path}`, events: ['user.erased'], format: 'standard' },
        ...{ asymmetric: false, secrets: [], createdAt: 0, keyId: 'k1' },
      });
    }
    const found = await webhooks.findEndpoint('disabled');
    if (found) await webhooks.updateEndpoint(found, { disabled: { reason: 'asked', since: 0 } });
    const refused = compress(Buffer.from(`${JSON.stringify({ reason: 'shape', arrival, data })}\n`));
    const name = { logId: LOG_ID, number: 0, arrival, digest: hashOf(refused) };
    await objects.put(objectKey({ area: 'quarantine', ...name }), refused);
    const kinesis = { partitionKey: 'me', approximateArrivalTimestamp: arrival / 1000, data };
    await objects.put('aws/lambda/batch', Buffer.from(JSON.stringify({ payload: { Records: [{ kinesis }] } })));
    const append = (number: number, at: number) => store.append(LOG_ID, entryOf(number, at), 4_000_000_000);
    /** A picture that arrives at an upload address, or that a function writes, from before the erasure. */
    const addPicture = (prefix: 'uploads' | 'originals' | 'thumbnails') => {
      as('seed');
      return avatars.write(`${prefix}/${ownerOf('me')}/${randomUUID()}`, Buffer.from('a picture'), 'image/png');
    };
    const activity = createActivityStore({ store, now: () => Date.now() });
    const read = () => activity.readActivity({ userId: 'me', from: arrival - DAY_MS, to: Date.now() + DAY_MS });
    const sweep = () => store.addRun({ logId: LOG_ID, from: 1, to: 2, hour, digest: '', swept: true });
    const told = async (id: string) => {
      const { deliveries } = await webhooks.listDeliveries(id, { after: undefined, limit: 9 });
      return deliveries.map(({ type, status }) => `${type} ${status}`);
    };
    return { append, read, sweep, addPicture, arrival, told };
  }

  it('erases everything, also late events, with only the permissions of the roles', async () => {
    const { append, read, sweep, addPicture, arrival, told } = await createSeed();
    await append(0, arrival);
    expect(await read()).to.have.length(1);
    const users = await importHandler<APIGatewayProxyHandler>('users.ts');
    await callUsers(users, { method: 'PUT', path: '/v1/users/me', body: '{"name":"Zoë","email":"Zoe@shop.example"}' });
    const body = JSON.stringify({ contentType: 'image/png', size: 9 });
    expect((await callUsers(users, { method: 'POST', path: '/v1/users/me/avatar', body })).status).to.equal(201);
    await addPicture('uploads');
    const begun = await callUsers(users, { method: 'DELETE', path: '/v1/users/me' });
    expect(begun.status).to.equal(202);
    expect(await read()).to.deep.equal([]);
    // It was on the stream before the request, and is read only now.
    for (const place of ['uploads', 'originals', 'thumbnails'] as const) await addPicture(place);
    await append(1, arrival + 1);
    expect(await read()).to.have.length(1);
    expect([await runPass(1), await read()]).to.deep.equal(['done', []]);
    await append(2, arrival + 2);
    await sweep();
    for (const [pass, ms] of [HOUR_MS, LAST_PASS_SECONDS * 1000, HOUR_MS].entries()) {
      clock.setSystemTime(Date.now() + ms);
      expect(await runPass(pass + 2)).to.equal('done');
    }
    expect(await read()).to.deep.equal([]);
    const receipt = await callUsers(users, { path: String(begun.headers.location) });
    expect(receipt.body.status).to.equal('done');
    expect(await told('enabled')).to.deep.equal(['user.erased pending']);
    expect(await told('disabled')).to.deep.equal(['user.erased held']);
    const places = receipt.body.places as { name: string; status: string; items?: number }[];
    const erased = places.filter(({ status }) => !status.startsWith('expire'));
    expect(Object.fromEntries(erased.map(({ name, status, items }) => [name, `${status} ${items}`]))).to.deep.equal({
      profile: 'erased 1',
      addresses: 'erased 0',
      avatars: 'erased 4',
      activity: 'erased 3',
      archive: 'erased 1',
      quarantine: 'erased 1',
      'on-failure': 'erased 1',
      reports: 'erased 2',
      alerts: 'erased 1',
      endpoints: 'erased 1',
    });
    const { callers } = aws.usage();
    for (const [name, transactions] of Object.entries(TRANSACTIONS)) {
      const actions = { ...ACTIONS, 'dynamodb:TransactWriteItems': transactions };
      const calls = Object.keys(callers[`weirapi${name}`] ?? {}) as (keyof typeof actions)[];
      const called = calls.flatMap((action) => actions[action] ?? [action]);
      expect(called, name).to.include('dynamodb:UpdateItem');
      expect(allowed(name), name).to.include.members(called);
    }
  });
});

function hashOf(bytes: Uint8Array): string {
  return digestOf(createHash('sha256').update(bytes).digest('hex'));
}

/** An entry with activity of the user, without an object in the archive. */
function entryOf(number: number, arrival: number) {
  const delta = new DeltaBuilder();
  const activity = new ActivityBuilder();
  delta.add('a', arrival, 1, 'me');
  activity.add('a', arrival, 1, 'me');
  const body = encodeLogEntry({
    ...{ from: undefined, to: { sequenceNumber: String(number), index: 0 } },
    ...{ firstArrival: arrival, lastArrival: arrival, appendedAt: arrival },
    outcomes: { counted: 1, duplicate: 0, other: 0, refused: 0 },
    ...{ archive: undefined, quarantine: undefined, delta: delta.build(), activity: activity.build() },
    ids: { size: 0, hashes: new Uint32Array(), arrivals: new Uint32Array() },
  });
  return { number, body };
}
