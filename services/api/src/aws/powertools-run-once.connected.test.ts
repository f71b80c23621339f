import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { type FaultRule, type LocalAws, startLocalAws } from '@weir/local';
import { type Meter, silentLog, silentMeter } from '@weir/logging';
import { expect } from 'chai';
import sinon from 'sinon';
import type { RunOnce } from '../idempotency/run-once.ts';
import { createPowertoolsRunOnce } from './powertools-run-once.ts';

const TABLE = 'idempotency';
const RESOURCES = {
  Table: {
    Type: 'AWS::DynamoDB::Table',
    Properties: {
      TableName: TABLE,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    },
  },
};

/** Work that goes on until it is told to end. */
function heldWork() {
  const [begun, ended] = [Promise.withResolvers<void>(), Promise.withResolvers<string>()];
  const run = () => {
    begun.resolve();
    return ended.promise;
  };
  return { run, begun: begun.promise, end: ended.resolve };
}

/** Runs `work` on a clock that is ahead by `ms`. */
async function later<Result>(ms: number, work: () => Promise<Result>): Promise<Result> {
  const clock = sinon.useFakeTimers({ now: Date.now() + ms, toFake: ['Date'] });
  try {
    return await work();
  } finally {
    clock.restore();
  }
}

describe('createPowertoolsRunOnce', function () {
  this.timeout(60_000);
  let aws: LocalAws;
  let client: DynamoDBClient;
  let runOnce: RunOnce;
  let requests = 0;
  const count = sinon.spy();
  const meter: Meter = { ...silentMeter, count };

  before(async () => {
    aws = await startLocalAws({ dataDir: undefined, port: 0 });
    const registration = { name: 'fixture', stage: 'test', region: 'us-east-1', lambdaUrl: 'http://127.0.0.1:9' };
    await aws.registerService({ ...registration, resources: RESOURCES, extensions: {}, functions: {} });
    client = new DynamoDBClient({
      endpoint: aws.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 2,
    });
    runOnce = createPowertoolsRunOnce({ tableName: TABLE, meter, log: silentLog, client });
  });

  after(async () => {
    client?.destroy();
    await aws?.close();
  });

  beforeEach(async () => {
    count.resetHistory();
    aws.clearFaults();
  });

  const addFault = (rule: FaultRule) => aws.addFaults(rule);
  const newRequest = (more: object = {}) => {
    requests += 1;
    return { id: `request-${requests}`, fingerprint: 'a', remainingMs: 10_000, ...more };
  };

  it('runs a request once, and replays the stored answer', async () => {
    const request = newRequest();
    const work = sinon.stub().resolves('{"answer":"ü"}');
    expect(await runOnce(request, work)).to.deep.equal({ kind: 'ran' });
    expect(await runOnce(request, work)).to.deep.equal({ kind: 'replay', text: '{"answer":"ü"}' });
    expect(work.callCount).to.equal(1);
  });

  it('replays to another process, and not after a day', async () => {
    const request = newRequest();
    await runOnce(request, async () => 'done');
    const other = createPowertoolsRunOnce({ tableName: TABLE, meter, log: silentLog, client });
    expect(await other(request, async () => 'again')).to.deep.equal({ kind: 'replay', text: 'done' });
    const { Items = [] } = await client.send(new ScanCommand({ TableName: TABLE }));
    const expiries = Items.map((item) => Number(item.expiresAt?.N));
    expect(Math.max(...expiries) - Date.now() / 1000).to.be.within(86_000, 86_500);
    expect(await later(90_000_000, () => other(request, async () => 'again'))).to.deep.equal({ kind: 'ran' });
  });

  it('stores neither the id nor the fingerprint in plain text', async () => {
    await runOnce(newRequest({ id: 'a telling id', fingerprint: 'a telling print' }), async () => 'done');
    const { Items } = await client.send(new ScanCommand({ TableName: TABLE }));
    expect(JSON.stringify(Items)).to.not.include('telling');
  });

  it('refuses another request under the same id, also while the first is running', async () => {
    const request = newRequest();
    const other = { ...request, fingerprint: 'b' };
    const work = heldWork();
    const first = runOnce(request, work.run);
    await work.begun;
    expect(await runOnce(other, async () => 'never')).to.deep.equal({ kind: 'reused' });
    work.end('done');
    await first;
    expect(await runOnce(other, async () => 'never')).to.deep.equal({ kind: 'reused' });
  });

  it('runs one of many requests that arrive at once', async () => {
    const request = newRequest();
    const work = heldWork();
    const run = sinon.spy(work.run);
    let answered = 0;
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, async () => {
        const outcome = await runOnce(request, run);
        answered += 1;
        if (answered === 9) work.end('done');
        return outcome;
      }),
    );
    expect(outcomes.filter(({ kind }) => kind === 'ran')).to.have.length(1);
    expect(outcomes.filter(({ kind }) => kind === 'in-progress')).to.have.length(9);
    expect(run.callCount).to.equal(1);
  });

  it('stores neither an answer that must not be stored, nor a failure', async () => {
    const request = newRequest();
    expect(await runOnce(request, async () => undefined)).to.deep.equal({ kind: 'ran' });
    const failure = new Error('broken');
    const caught = await runOnce(request, () => Promise.reject(failure)).catch((error: unknown) => error);
    expect(caught).to.equal(failure);
    expect(await runOnce(request, async () => 'done')).to.deep.equal({ kind: 'ran' });
    expect(count.called).to.equal(false);
  });

  it('lets a request run again when the time of the process that died is over', async () => {
    const request = newRequest({ remainingMs: 300 });
    const dead = heldWork();
    runOnce(request, dead.run).catch(() => undefined);
    await dead.begun;
    expect(await runOnce(request, async () => 'early')).to.deep.equal({ kind: 'in-progress' });
    expect(await later(1_400, () => runOnce(request, async () => 'late'))).to.deep.equal({ kind: 'ran' });
  });

  it('runs nothing while the table is down', async () => {
    addFault({ match: { service: 'dynamodb' }, kind: 'error' });
    const work = sinon.stub().resolves('done');
    expect(await runOnce(newRequest(), work)).to.deep.equal({ kind: 'unavailable' });
    expect(work.called).to.equal(false);
  });

  it('runs nothing twice if an answer of the table was lost', async () => {
    addFault({ match: { service: 'dynamodb', action: 'PutItem' }, kind: 'drop-after', times: 1 });
    const request = newRequest({ remainingMs: 300 });
    const work = sinon.stub().resolves('done');
    // Our own record looks like another process's: the caller only has to wait until it expires.
    expect(await runOnce(request, work)).to.deep.equal({ kind: 'in-progress' });
    expect(await later(1_500, () => runOnce(request, work))).to.deep.equal({ kind: 'ran' });
    expect(work.callCount).to.equal(1);
  });

  it('counts a request that ran and could not be stored', async () => {
    addFault({ match: { service: 'dynamodb', action: 'UpdateItem' }, kind: 'error' });
    const request = newRequest();
    expect(await runOnce(request, async () => 'done')).to.deep.equal({ kind: 'ran' });
    expect(count.args).to.deep.equal([['IdempotencyNotRemembered']]);
    expect(await runOnce(request, async () => 'again')).to.deep.equal({ kind: 'in-progress' });
  });
});
