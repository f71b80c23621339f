import { createHash, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { S3Client } from '@aws-sdk/client-s3';
import { ListExecutionsCommand, SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { compress, decompress, digestOf, type ObjectStore, objectKey, runObjectKey } from '@weir/archive';
import { createS3ObjectStore } from '@weir/archive/s3';
import { createDynamoDbClient, createDynamoMetricsStore } from '@weir/dynamodb';
import { createErasureStore, createPassStore } from '@weir/dynamodb/erasures';
import { type LocalAws, startLocalAws } from '@weir/local';
import { silentLog } from '@weir/logging';
import type { APIGatewayProxyHandler, APIGatewayProxyResult, Context } from 'aws-lambda';
import { expect } from 'chai';
import { load } from 'js-yaml';
import sinon from 'sinon';
import { createStepFunctionsPassMachine } from '../aws/step-functions-pass-machine.ts';
import { beginErasure } from '../erasures/begin-erasure.ts';
import type { createEraseHandler, ScheduledInput } from '../erasures/passes/erase-handler.ts';
import type { EraseInput } from '../erasures/passes/erase-task.ts';
import { beginPass } from '../erasures/passes/start-pass.ts';
import { apiEvent, type EventParts, readAnswer } from '../testing/api-event.ts';
import { tableResource } from '../testing/table-resource.ts';
import { tellFunctions } from '../testing/told-environment.ts';

const HOUR_MS = 3_600_000;
const LOG_ID = '1764000000.0';
const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:weir-test-erasures';

/** The state machine as it is deployed, with a name of this test. With `once`, each task is tried only once. */
function machineResource(StateMachineName: string, once = false) {
  const path = new URL('../../resources/erasure-machine.yml', import.meta.url);
  const { Resources } = load(readFileSync(path, 'utf8')) as {
    Resources: {
      ErasureMachine: { Type: string; Properties: { Definition: { States: { Work: { Retry?: object } } } } };
    };
  };
  const { Type, Properties } = Resources.ErasureMachine;
  if (once) delete Properties.Definition.States.Work.Retry;
  return { Type, Properties: { ...Properties, StateMachineName } };
}

type UsersModule = { readonly handler: APIGatewayProxyHandler };

type EraseHandler = ReturnType<typeof createEraseHandler>;

/** One call, with all of the function's time. */
function call(handler: EraseHandler, input: EraseInput | ScheduledInput) {
  const context = { awsRequestId: 'r', functionName: 'erase', getRemainingTimeInMillis: () => 900_000 } as Context;
  return handler(input, context);
}

/** Lambda's Invoke API in front of a handler in this process. */
async function serveFunction(handler: EraseHandler): Promise<Server> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    if (!request.url?.includes('/functions/')) return void response.writeHead(404).end();
    try {
      response.end(JSON.stringify(await call(handler, JSON.parse(Buffer.concat(chunks).toString()))));
    } catch (error) {
      response.setHeader('x-amz-function-error', 'Unhandled');
      response.end(JSON.stringify({ errorType: (error as Error).name, errorMessage: (error as Error).message }));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('erasing a person over the local AWS', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let server: Server;
  let clock: sinon.SinonFakeTimers;
  let objects: ObjectStore;
  let erase: EraseHandler;
  let sfn: SFNClient;
  let untell = () => {};

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    untell = tellFunctions(process.env, aws.url, {
      WEIR_METRICS_TABLE: 'metrics',
      WEIR_USERS_TABLE: 'users',
      WEIR_ARCHIVE_BUCKET: 'archive',
      WEIR_AVATARS_BUCKET: 'avatars',
      WEIR_REPORTS_TABLE: 'reports',
      WEIR_NOTIFICATIONS_TABLE: 'notifications',
      WEIR_REPORTS_BUCKET: 'reports',
      WEIR_ERASURE_LAST_PASS_SECONDS: '1',
      WEIR_ERASURE_ORPHANS_SECONDS: '1',
      WEIR_ERASURE_MACHINE_ARN: MACHINE,
      WEIR_USER_ACTIVITY: 'false',
    });
    erase = (await import('./erase.ts')).handler;
    server = await serveFunction(erase);
    const lambdaUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const resources = {
      Metrics: tableResource('metrics'),
      Users: tableResource('users'),
      Archive: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'archive' } },
      Reports: tableResource('reports'),
      Notifications: tableResource('notifications'),
      ReportFiles: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'reports' } },
      Avatars: { Type: 'AWS::S3::Bucket', Properties: { BucketName: 'avatars' } },
      ErasureMachine: machineResource('weir-test-erasures'),
      Impatient: machineResource('weir-test-impatient', true),
    };
    const functions = { erase: { name: 'weir-api-test-erase', timeoutSeconds: 900, events: [] } };
    const registration = { name: 'weir-api', stage: 'test', region: 'us-east-1', extensions: {}, lambdaUrl };
    await aws.registerService({ ...registration, resources, functions });
    await aws.waitForServices(['weir-api'], 10_000);
    sfn = new SFNClient({});
    objects = createS3ObjectStore({ client: new S3Client({}), bucket: 'archive' });
    clock = sinon.useFakeTimers({ now: Date.now(), toFake: ['Date'], shouldAdvanceTime: true });
  });

  after(async () => {
    clock?.restore();
    server?.close();
    await aws?.close();
    untell();
  });

  const executions = async () =>
    (await sfn.send(new ListExecutionsCommand({ stateMachineArn: MACHINE }))).executions ?? [];
  const users = { tableName: 'users', metricsTable: 'metrics' };

  /** Begins an erasure, with a state machine of this test. */
  async function begin(userId: string, id: string, machineArn: string) {
    const client = createDynamoDbClient();
    const machine = createStepFunctionsPassMachine(machineArn);
    const now = () => Date.now();
    const starts = { passes: createPassStore({ client, ...users }), machine, now, newId: randomUUID, intervalMs: 0 };
    const erasures = createErasureStore({ client, ...users });
    const deps = { erasures, beginPass: () => beginPass(starts), places: [], now, newId: () => id, graceMs: 0 };
    return beginErasure({ ...deps, log: silentLog }, userId);
  }

  /** Ends the hour of the request and runs the schedule until the erasure and the last pass are done. */
  async function untilDone(find: () => Promise<{ status?: unknown } | undefined>): Promise<void> {
    clock.setSystemTime(Date.now() + 2 * HOUR_MS);
    const passes = createPassStore({ client: createDynamoDbClient(), ...users });
    while ((await find())?.status !== 'done' || (await passes.find()).phase !== 'over') {
      await call(erase, { task: 'start-due-pass' });
      await sleep(50);
    }
  }

  const textOf = async (key: string) => {
    const found = await objects.find(key);
    return found && Buffer.from(key.endsWith('.zst') ? decompress(found.bytes) : found.bytes).toString();
  };

  it('completes every pass, and leaves other users unchanged', async () => {
    const client = createDynamoDbClient();
    const store = createDynamoMetricsStore({ client, tableName: 'metrics' });
    const erasures = createErasureStore({ client, ...users });
    const hour = Math.floor(Date.now() / HOUR_MS) - 30;
    const lineOf = (userId: string) =>
      `{"at":"s:1:0","arrival":${hour * HOUR_MS},"outcome":"counted","event":{"userId":"${userId}","action":"a","timestamp":5}}\n`;
    const bytes = compress(Buffer.from(['me', 'you', 'me'].map(lineOf).join('')));
    const digest = digestOf(createHash('sha256').update(bytes).digest('hex'));
    const run = { logId: LOG_ID, from: 0, to: 2, hour, digest, swept: false };
    await store.register(LOG_ID, []);
    await objects.put(runObjectKey(run) ?? '', bytes);
    await store.addRun(run);
    const data = Buffer.from('{"userId":"me"}').toString('base64');
    const refused = `${JSON.stringify({ reason: 'shape', detail: 'x', arrival: hour * HOUR_MS, data })}\n`;
    const name = { logId: LOG_ID, number: 0, arrival: hour * HOUR_MS, digest };
    const quarantineKey = objectKey({ area: 'quarantine', ...name });
    await objects.put(quarantineKey, compress(Buffer.from(refused)));
    const kinesis = { partitionKey: 'me', approximateArrivalTimestamp: hour * 3600, data };
    await objects.put('aws/lambda/batch', Buffer.from(JSON.stringify({ payload: { Records: [{ kinesis }] } })));

    const begun = await begin('me', 'e1', MACHINE);
    await untilDone(() => erasures.find(begun.id));
    const erasure = await erasures.find(begun.id);
    expect(erasure).to.deep.include({ status: 'done', userId: undefined });
    expect(erasure?.places.archive).to.include({ items: 2, objects: 1 });
    const current = await store.findRun(LOG_ID, 0);
    const lines = (await textOf(runObjectKey(current ?? run) ?? ''))?.split('\n') ?? [];
    expect(lines[1]).to.equal(lineOf('you').trim());
    expect(lines[0]).to.match(/"event":{"action":"a","timestamp":5},"user":{"register":\d+,"rank":\d+}}$/);
    expect(await textOf(runObjectKey(run) ?? '')).to.equal(undefined);
    expect(await textOf(quarantineKey))
      .to.include('"erased":true')
      .and.not.include('data');
    expect(await textOf('aws/lambda/batch'))
      .to.include('"erased":true')
      .and.not.include('"me"');
    const { execution, number, phase } = await createPassStore({ client, ...users }).find();
    expect([number, phase]).to.deep.equal([4, 'over']);
    expect(await createStepFunctionsPassMachine(MACHINE).start(execution, number)).to.equal('ended');
  });

  it('begins and ends through the API', async () => {
    // A copy of its own: another test's function with this name has another environment.
    const { handler } = (await import(new URL('./users.ts?erasures', import.meta.url).href)) as UsersModule;
    const ask = async (parts: EventParts) => {
      const context = {
        awsRequestId: 'call-1',
        functionName: 'users',
        getRemainingTimeInMillis: () => 20_000,
      } as Context;
      return readAnswer((await handler(apiEvent(parts), context, () => undefined)) as APIGatewayProxyResult);
    };
    const path = `/v1/users/${encodeURIComponent('a/b ü')}`;
    const { headers } = await ask({ method: 'PUT', path, body: '{"name":"Zoë"}' });
    const ifMatch = { 'if-match': String(headers.etag) };
    const begun = await ask({ method: 'DELETE', path, headers: ifMatch });
    expect([begun.status, begun.headers.location]).to.deep.equal([202, `/v1/erasures/${begun.body.id}`]);
    expect((begun.body.places as object[])[0]).to.include({ name: 'profile', items: 1 });
    expect((await ask({ path })).status).to.equal(404);
    expect((await ask({ method: 'DELETE', path, headers: ifMatch })).body.id).to.equal(begun.body.id);
    const read = async () => (await ask({ path: String(begun.headers.location) })).body;
    await untilDone(read);
    const receipt = { body: await read() };
    expect(JSON.stringify(receipt.body)).not.to.include('a/b');
    const again = await ask({ method: 'DELETE', path, headers: ifMatch });
    expect(again.status).to.equal(412);
  });

  it('reports that it failed, and continues when the user is deleted again', async () => {
    const erasures = createErasureStore({ client: createDynamoDbClient(), ...users });
    const impatient = `${MACHINE.slice(0, -'erasures'.length)}impatient`;
    aws.addFaults({ match: { service: 's3' }, kind: 'error' });
    await begin('you', 'e2', impatient);
    while ((await erasures.find('e2'))?.status !== 'failed') await sleep(50);
    aws.clearFaults();
    expect(await begin('you', 'e2', impatient)).to.include({ id: 'e2', status: 'running', step: 'now' });
    await untilDone(() => erasures.find('e2'));
    expect((await erasures.find('e2'))?.places.archive).to.include({ items: 1 });
  });

  it('starts one execution for twenty users who are deleted at once, and continues it after it was stopped', async () => {
    const erasures = createErasureStore({ client: createDynamoDbClient(), ...users });
    const before = await executions();
    // Each task waits until the execution is stopped.
    aws.addFaults({ match: { service: 's3' }, kind: 'delay', delayMs: 1_000 });
    const ids = Array.from({ length: 20 }, (_, i) => `unknown-${i}`);
    await Promise.all(ids.map((id) => begin(id, id, MACHINE)));
    const [started, ...others] = (await executions()).slice(0, -before.length || undefined);
    expect(others).to.deep.equal([]);
    await sfn.send(new StopExecutionCommand({ executionArn: started?.executionArn }));
    aws.clearFaults();
    await untilDone(async () => {
      const found = [...(await erasures.findAll(ids)).values()];
      return found.find(({ status }) => status !== 'done') ?? found[0];
    });
    // One instead of the first, and some for each remaining step: not four for each user.
    expect((await executions()).length - before.length).to.be.within(5, 20);
  });
});
