import { setTimeout as sleep } from 'node:timers/promises';
import { CreateSecretCommand, RotateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Answer } from '@weir/api/src/testing/api-event.ts';
import { flood } from '@weir/api/src/testing/flood.ts';
import { plain } from '@weir/api/src/testing/images.ts';
import { createRedisServer, describeWithRedis, type RedisServer } from '@weir/api/src/testing/redis-server.ts';
import { tellFunctions } from '@weir/api/src/testing/told-environment.ts';
import { createDynamoDbClient } from '@weir/dynamodb';
import { createPassStore, type Pass } from '@weir/dynamodb/erasures';
import { JOB_KINDS } from '@weir/dynamodb/jobs';
import { readSecret } from '@weir/local';
import type { LambdaInstance } from '@weir/local/lambda';
import { expect } from 'chai';
import { Redis } from 'ioredis';
import sharp from 'sharp';
import { packageService, serviceNames } from '../templates/package-service.ts';
import { type CallApi, createCallApi } from './call-api.ts';
import { type CodeDeployServer, startCodeDeploy } from './code-deploy-server.ts';
import { lateFiles } from './late-files.ts';
import { createPackagedJobs } from './packaged-jobs.ts';
import { type PackagedStage, STAGE, startPackagedStage } from './packaged-stage.ts';
import { createToldEndpoint, MAILED } from './told-endpoint.ts';
import { startXrayDaemon, type XrayDaemon } from './xray-daemon.ts';

interface PackagedMail {
  readonly destination: { readonly to: readonly string[] };
  readonly attachments: readonly { readonly contentType: string }[];
}

/** After a failure of Redis, an instance does not use it for this long. */
const REDIS_PAUSE_MS = 5_000;
/** Files that a function shares with another one, which loads them. It may never need them itself. */
const SHARED_FILES = [
  // The document of the API is made from the routes.
  /meta\.chunks\/(answer-new-job|zone-calendar)-/,
  // Buckets of rules are in UTC.
  /(alerts|mail)\.chunks\/zone-calendar-/,
  // Plans of jobs read no figures.
  /(coordinate|sweep)\.chunks\/zone-calendar-/,
  // The function coordinate may be faster with a job that was reopened.
  /sweep\.chunks\/open-\w+-kind-/,
  // Only functions of a stage with a cache of its own log in by IAM. One of them is called so.
  /\.chunks\/iam-address-/,
];
/** Holds the URL of Redis. */
const REDIS_SECRET = 'shop/redis';
/** Functions that limit keys. */
const LIMITING = ['events', 'keys', 'metrics', 'users'];

/**
 * Each function as it is deployed: its zip in an empty folder, in a process of its own, with the environment of its
 * template. Faults of bundling can be seen only here, not in the source.
 */
describe('the packages, called', function () {
  this.timeout(240_000);
  let redis: RedisServer | undefined;
  let daemon: XrayDaemon;
  let codeDeploy: CodeDeployServer;
  let stage: PackagedStage;
  let call: CallApi;

  before(async () => {
    redis = await createRedisServer().catch(() => undefined);
    await redis?.start();
    daemon = await startXrayDaemon();
    codeDeploy = await startCodeDeploy('7');
    stage = await startPackagedStage({
      WEIR_REDIS_SECRET: REDIS_SECRET,
      AWS_XRAY_DAEMON_ADDRESS: daemon.address,
      AWS_ENDPOINT_URL_CODEDEPLOY: codeDeploy.url,
      WEIR_TIME_ZONE: 'America/New_York',
      WEIR_WEBHOOKS_TO_THIS_MACHINE: 'true',
      WEIR_MAIL_DOMAIN: 'mail.weir.example',
      WEIR_API_URL: 'https://api.weir.example',
    });
    const SecretString = redis?.url ?? 'redis://127.0.0.1:1';
    await withSecrets((client) => client.send(new CreateSecretCommand({ Name: REDIS_SECRET, SecretString })));
    call = createCallApi(stage, await readSecret(stage.awsUrl, 'us-east-1', `weir-${STAGE}-bootstrap-key`));
  });

  after(async () => {
    await stage?.close();
    daemon?.close();
    codeDeploy?.close();
    await redis?.kill();
  });

  async function withSecrets<T>(work: (client: SecretsManagerClient) => Promise<T>): Promise<T> {
    const credentials = { accessKeyId: 'tester', secretAccessKey: 'local' };
    const client = new SecretsManagerClient({ endpoint: stage.awsUrl, region: 'us-east-1', credentials });
    return work(client).finally(() => client.destroy());
  }

  /** Calls until an answer meets the condition. */
  async function until(ask: () => Promise<Answer>, willDo: (answer: Answer) => boolean): Promise<Answer> {
    for (let tries = 0; ; tries++) {
      const answer = await ask();
      if (willDo(answer)) return answer;
      if (tries === 100) throw new Error(`this does not change: ${JSON.stringify(answer)}`);
      await sleep(200);
    }
  }

  const user = '/v1/users/somebody';
  const json = { 'content-type': 'application/json' };
  const once = { ...json, 'idempotency-key': 'the-first' };

  it('answer requests that need no key', async () => {
    expect((await call('meta', { path: '/v1/health' })).body).to.include({ status: 'ok' });
  });

  it('count events that come over HTTP, and repeat the answer for the same Idempotency-Key', async () => {
    const event = { id: 'one', userId: 'somebody', action: 'packaged', timestamp: Date.now(), value: 2.5 };
    const body = JSON.stringify({ events: [event] });
    const post = () => call('events', { method: 'POST', path: '/v1/events', headers: once, body });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.status], JSON.stringify(first.body)).to.deep.equal([202, 202]);
    expect(second.headers).to.include({ 'idempotency-replayed': 'true' });
    const { body: found } = await until(
      () => call('metrics', { path: '/v1/actions' }),
      ({ body: { items } }) => (items as object[]).length > 0,
    );
    expect(found.items).to.have.length(1);
    expect((found.items as object[])[0]).to.include({ action: 'packaged', count: 1 });
  });

  it('tell an endpoint that a rule fired', async () => {
    const untell = tellFunctions(process.env, stage.awsUrl);
    const action = 'packaged.fired';
    const told = await createToldEndpoint(createDynamoDbClient(), action);
    untell();
    const event = { id: 'fired', userId: 'somebody', action, timestamp: Date.now() };
    const body = JSON.stringify({ events: [event] });
    await call('events', { method: 'POST', path: '/v1/events', headers: json, body });
    expect(await told.first()).to.deep.include({ type: 'alert.fired' });
    await told.close();
    expect(await stage.invoke('clock', {})).to.have.property('sent');
  });

  it('admit a client of the live push, and close its connection', async () => {
    const key = await readSecret(stage.awsUrl, 'us-east-1', `weir-${STAGE}-bootstrap-key`);
    const socket = (eventType: string, parts: object = {}) =>
      stage.invoke('socket', { requestContext: { eventType, connectionId: 'c1', requestId: 'r1' }, ...parts });
    const offering = (text: string) => ({ headers: { 'Sec-WebSocket-Protocol': `weir.v1, weir.key.${text}` } });
    expect(await socket('CONNECT', offering('another'))).to.deep.equal({ statusCode: 401 });
    expect(await socket('CONNECT', offering(key))).to.include({ statusCode: 200 });
    const body = JSON.stringify({ type: 'subscribe', id: 's1', actions: ['packaged'], interval: 'minute' });
    expect(await socket('MESSAGE', { body })).to.deep.equal({ statusCode: 200 });
    expect(await socket('DISCONNECT')).to.deep.equal({ statusCode: 200 });
    await stage.invoke('hangup', {});
  });

  it('rotate the bootstrap key, and admit who holds the one before', async () => {
    const SecretId = `weir-${STAGE}-bootstrap-key`;
    const { VersionId: ClientRequestToken } = await withSecrets((client) =>
      client.send(new RotateSecretCommand({ SecretId })),
    );
    const before = await readSecret(stage.awsUrl, 'us-east-1', SecretId);
    for (const Step of ['createSecret', 'setSecret', 'testSecret', 'finishSecret']) {
      await stage.invoke('rotate', { Step, SecretId, ClientRequestToken });
    }
    expect(await readSecret(stage.awsUrl, 'us-east-1', SecretId))
      .to.match(/^[0-9a-f]{64}$/)
      .and.not.equal(before);
    expect((await call('keys', { path: '/v1/keys' })).status).to.equal(200);
  });

  it('mail an alert with its chart, and end the mails after a complaint', async () => {
    const mails = async () => {
      const { emails } = (await (await fetch(`${stage.mailUrl}/store`)).json()) as { emails: PackagedMail[] };
      return emails.filter(({ destination }) => destination.to.includes(MAILED));
    };
    for (let tries = 0; (await mails()).length === 0 && tries < 100; tries++) await sleep(200);
    const [mail, ...others] = await mails();
    expect(others).to.deep.equal([]);
    expect(mail?.attachments.map(({ contentType }) => contentType)).to.deep.equal(['image/png']);
    const complaint = { eventType: 'Complaint', complaint: { complainedRecipients: [{ emailAddress: MAILED }] } };
    await stage.invoke('feedback', { Records: [{ Sns: { Message: JSON.stringify(complaint) } }] });
    const { body } = await call('addresses', { path: '/v1/addresses' });
    expect((body.items as object[])[0]).to.include({ address: MAILED, status: 'complained' });
    const added = JSON.stringify({ address: 'another@shop.example', receives: [] });
    const post = { method: 'POST', path: '/v1/addresses', headers: once, body: added };
    expect((await call('addresses', post)).status).to.equal(201);
  });

  it('create keys, and repeat the answer for the same Idempotency-Key', async () => {
    const body = JSON.stringify({ name: 'another', scopes: ['metrics:read'] });
    const post = () => call('keys', { method: 'POST', path: '/v1/keys', headers: once, body });
    const [first, second] = [await post(), await post()];
    expect([first.status, second.status], JSON.stringify(first.body)).to.deep.equal([201, 201]);
    expect(second.headers).to.include({ 'idempotency-replayed': 'true' });
    expect((await call('keys', { path: '/v1/keys' })).status).to.equal(200);
  });

  it('make rules and try them on what is counted', async () => {
    const rule = { name: 'packaged', action: 'packaged*', comparison: 'above', threshold: 0 };
    const send = (path: string) =>
      call('alerts', { method: 'POST', path: `/v1/alerts${path}`, headers: once, body: JSON.stringify(rule) });
    const [made, tried] = [await send(''), await send('/preview')];
    expect([made.status, tried.status], JSON.stringify([made.body, tried.body])).to.deep.equal([201, 200]);
    const path = `/v1/alerts/${made.body.id}`;
    const body = '{"threshold":1}';
    expect((await call('alerts', { method: 'PATCH', path, headers: json, body })).body).to.include({ threshold: 1 });
    expect((await call('alerts', { path: `${path}/firings` })).status).to.equal(200);
  });

  it('keep endpoints of webhooks', async () => {
    const send = (method: string, path: string, body: object = {}) =>
      call('webhooks', { method, path, headers: once, body: JSON.stringify(body) });
    const made = await send('POST', '/v1/webhooks', { url: 'http://127.0.0.1:9/', events: ['report.ready'] });
    expect(made.status, JSON.stringify(made.body)).to.equal(201);
    const path = String(made.headers.location);
    expect((await send('PATCH', path, { events: ['user.erased'] })).status).to.equal(200);
    expect((await send('POST', `${path}/rotate-secret`)).body.secret).to.match(/^whsec_/);
    expect((await send('POST', `${path}/recover`, { since: '2025-11-24T00:00:00Z' })).body).to.deep.equal({ count: 0 });
    expect((await send('DELETE', path)).status).to.equal(204);
  });

  it('sign URLs for pictures, and make thumbnails of them', async () => {
    expect((await call('users', { method: 'PUT', path: user, headers: json, body: '{}' })).status).to.equal(201);
    const image = await plain(300, 240).png().toBuffer();
    const body = JSON.stringify({ contentType: 'image/png', size: image.length });
    const { body: asked } = await call('users', { method: 'POST', path: `${user}/avatar`, headers: once, body });
    const { url, ...init } = asked.upload as { url: string; method: string; headers: Record<string, string> };
    expect((await fetch(url, { ...init, body: new Uint8Array(image) })).status).to.equal(200);
    const { body: profile } = await until(
      () => call('users', { path: user }),
      (answer) => (answer.body.avatar as { status: string }).status !== 'pending',
    );
    const avatar = profile.avatar as { status: string; thumbnailUrl: string };
    expect(avatar.status).to.equal('ready');
    const thumbnail = Buffer.from(await (await fetch(avatar.thumbnailUrl)).arrayBuffer());
    expect(await sharp(thumbnail).metadata()).to.include({ format: 'jpeg', width: 200, height: 200 });
  });

  it('erase a person at once, and by passes of the state machine', async () => {
    const begun = await call('users', { method: 'DELETE', path: user });
    expect(begun.status, JSON.stringify(begun.body)).to.equal(202);
    const untell = tellFunctions(process.env, stage.awsUrl);
    const tables = { tableName: `weir-${STAGE}-users`, metricsTable: `weir-${STAGE}-metrics` };
    const passes = createPassStore({ client: createDynamoDbClient(), ...tables });
    const untilOver = async (number: number): Promise<Pass> => {
      const pass = await passes.find();
      if (pass.number === number && pass.phase === 'over') return pass;
      await sleep(100);
      return untilOver(number);
    };
    // A request that dies between the two begins a pass without an execution: then the schedule starts it.
    await passes.begin(await untilOver(1), 'never-started');
    await stage.invoke('erase', { task: 'start-due-pass' });
    expect(await untilOver(2)).to.include({ execution: 'never-started' });
    untell();
  });

  it('make a daily report with its mail, and link its files', async () => {
    const date = new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10);
    expect(await stage.invoke('daily', { date })).to.deep.equal({ outcome: 'made', id: `daily-${date}` });
    const { body } = await call('reports', { path: `/v1/reports/daily-${date}` });
    expect(body).to.include({ timeZone: 'America/New_York' });
    const { html } = body.links as { html: string };
    expect(await (await fetch(html)).text()).to.include('<svg');
  });

  it('audit days by the state machine', async () => {
    const [from, to] = [3, 2].map((days) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10));
    const answer = await stage.invoke('audit', { task: 'start', from, to });
    const started = answer as { outcome: string; execution: string };
    expect(started).to.include({ outcome: 'started' });
    const state = { task: 'state', execution: started.execution };
    const untilEnded = async (): Promise<unknown> => {
      const now = (await stage.invoke('audit', state)) as { outcome: string };
      if (now.outcome !== 'running') return now;
      await sleep(100);
      return untilEnded();
    };
    const days = [from, to].map((date) => ({ date, status: 'clean', drift: 0 }));
    expect(await untilEnded()).to.deep.equal({ outcome: 'done', days });
    const { body } = await call('reports', { path: `/v1/audits/${to}` });
    expect(body).to.include({ timeZone: 'America/New_York', status: 'clean' });
  });

  it('fold and rewrite the rest without an error', async () => {
    await stage.invoke('sweep', {});
  });

  it('report to CodeDeploy that a version works', async () => {
    const DeploymentId = `weir-api-${STAGE}-metrics`;
    await stage.invoke('probe', { DeploymentId, LifecycleEventHookExecutionId: 'e-1' });
    expect(codeDeploy.reports.get(DeploymentId)).to.equal('Succeeded');
  });

  it('trace their calls to AWS', async () => {
    await sleep(200);
    expect(daemon.segments()).to.include.members(['DynamoDB', 'S3']);
  });

  it('know the days of a time zone', async () => {
    const query = {
      from: '2026-01-01T00:00:00Z',
      to: '2026-01-02T00:00:00Z',
      interval: 'day',
      timeZone: 'Asia/Kathmandu',
    };
    const { status, body } = await call('metrics', { path: '/v1/metrics/packaged', query });
    expect([status, body.from]).to.deep.equal([200, '2025-12-31T18:15:00.000Z']);
  });

  it('take a question that takes work', async () => {
    const day = Date.UTC(2026, 0, 5);
    const range = { from: day, to: day + 86_400_000, timeZone: 'America/New_York' };
    const body = JSON.stringify({ kind: 'summary', ...range });
    const asked = await call('reports', { method: 'POST', path: '/v1/reports', headers: once, body });
    expect(asked.status, JSON.stringify(asked.body)).to.equal(202);
  });

  for (const kind of JOB_KINDS) {
    it(`run a job of the kind ${kind}, and begin one again that has failed`, async () => {
      const untell = tellFunctions(process.env, stage.awsUrl);
      try {
        const jobs = createPackagedJobs();
        const id = await jobs.ask(kind);
        expect(await jobs.ended(id)).to.include({ status: 'done', reason: undefined });
        const failed = await jobs.failUnplanned(kind);
        const answer = await stage.invoke('reports/sweep', { redrive: failed });
        expect(answer).to.deep.equal({ outcome: 'reopened', reason: 'test' });
        expect(await jobs.ended(failed)).to.include({ status: 'done', reason: undefined });
      } finally {
        untell();
      }
    });
  }

  it('annotate the trace of each call with its outcome, and with the shard and size of a batch', () => {
    const calls = daemon.calls();
    for (const name of stage.functions) {
      const outcomes = calls.get(name)?.map(({ outcome }) => typeof outcome) ?? [];
      expect([...new Set(outcomes)], name).to.deep.equal(['string']);
    }
    const [batch] = calls.get(`weir-ingest-stream-${STAGE}-consume`) ?? [];
    expect(batch).to.include({ shard: 'shardId-000000000000', outcome: 'done' });
    expect(batch?.batchSize).to.be.at.least(1);
    expect(calls.get(`weir-api-${STAGE}-meta`)?.[0]).to.include({ method: 'GET', outcome: '200' });
    expect(calls.get(`weir-api-${STAGE}-authorize`)?.[0]).to.include({ outcome: 'Allow' });
  });

  it('have loaded every file that is imported late, by now', () => {
    const late = serviceNames().flatMap((name) =>
      Object.entries(packageService(name, STAGE).zips).flatMap(([zip, files]) =>
        lateFiles(Object.keys(files)).map((file) => ({ key: `${name}/${zip.replace('.zip', '')}`, file })),
      ),
    );
    expect(late).to.not.have.length(0);
    const isLoaded = ({ key, file }: (typeof late)[number]) => stage.instance(key).loaded().includes(file);
    const missing = late.filter((one) => !isLoaded(one)).map(({ file }) => file);
    expect(missing.filter((file) => !SHARED_FILES.some((shared) => shared.test(file)))).to.deep.equal([]);
  });

  describeWithRedis('with a Redis', () => {
    /** An instance's measurements of whether it reached Redis, since its start. */
    const unreached = ({ printed }: Pick<LambdaInstance, 'printed'>) =>
      printed()
        .split('\n')
        .filter((line) => line.includes('"RedisUnreached"'))
        .flatMap((line) => (JSON.parse(line) as { RedisUnreached: number | number[] }).RedisUnreached);

    it('limit keys and keep answers in Redis, and have always reached it', async () => {
      const query = { from: '2026-01-01T00:00:00Z', to: '2026-01-02T00:00:00Z', interval: 'hour' };
      await call('metrics', { path: '/v1/metrics/packaged', query });
      const client = new Redis(redis?.url ?? '');
      const [stats, answers] = await Promise.all([client.info('commandstats'), client.keys('*:answer:*')]).finally(() =>
        client.disconnect(),
      );
      // Each connection sends the script's text once, and then its hash.
      expect(Number(/cmdstat_eval:calls=(\d+)/.exec(stats)?.[1])).to.be.at.least(LIMITING.length);
      expect(answers).to.not.have.length(0);
      for (const key of LIMITING) expect([key, ...new Set(unreached(stage.instance(key)))]).to.deep.equal([key, 0]);
    });

    it('let through the requests of one bucket, for a flood on any instances of any functions', async () => {
      const [ratePerSecond, burst] = [20, 100];
      const told = { WEIR_RATE_LIMIT_PER_SECOND: `${ratePerSecond}`, WEIR_RATE_LIMIT_BURST: `${burst}` };
      const routes = [
        ['metrics', '/v1/actions'],
        ['users', '/v1/users'],
      ] as const;
      const instances = [...routes, ...routes].map(([key, path]) => ({ ...stage.start(key, told), path }));
      // Starts the instances, so that the flood does not include a start.
      await flood({ instances, connections: instances.length, seconds: 0.01, keyId: 'another' });
      const { through, refused, seconds } = await flood({ instances, connections: 24, seconds: 3, keyId: 'flooding' });
      const given = burst + ratePerSecond * seconds;
      // On a busy machine, an instance may wait for Redis in vain. It then limits by itself until it asks Redis again.
      const alone = instances.flatMap(unreached).filter((value) => value === 1).length;
      expect(through).to.be.within(given * 0.95, given + 1 + alone * (burst + ratePerSecond * 5));
      expect(refused).to.be.above(0);
    });

    it('log in to a cache of the stage’s own by IAM', async () => {
      const client = new Redis(redis?.url ?? '');
      // It takes any password: nobody here can check a signature.
      await client.call('ACL', 'SETUSER', 'weir-production', 'on', 'nopass', '~*', '+@all');
      client.disconnect();
      const told = { WEIR_REDIS_URL: redis?.url ?? '', WEIR_REDIS_SECRET: '', WEIR_REDIS_USER: 'weir-production' };
      const instance = { ...stage.start('metrics', told), path: '/v1/actions' };
      await flood({ instances: [instance], connections: 1, seconds: 0.01, keyId: 'by-iam' });
      expect(instance.loaded().join()).to.match(/iam-address-/);
      expect(unreached(instance)).to.deep.equal([0]);
    });

    it('answer while Redis is down, report that now and then, and use it again later', async () => {
      const instance = stage.instance('metrics');
      await redis?.kill();
      for (let i = 0; i < 5; i++) expect((await call('metrics', { path: '/v1/actions' })).status).to.equal(200);
      expect(unreached(instance).filter((value) => value === 1)).to.have.length(1);
      expect(instance.printed().match(/"Redis is not reached/g)).to.have.length(1);
      await redis?.start();
      await sleep(REDIS_PAUSE_MS);
      expect((await call('metrics', { path: '/v1/actions' })).status).to.equal(200);
      expect(unreached(instance).at(-1)).to.equal(0);
    });
  });
});
