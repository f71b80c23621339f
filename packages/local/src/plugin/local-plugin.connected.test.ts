import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from 'chai';
import { WebSocket } from 'ws';
import { createAwsClient } from '../aws-calls/aws-client.ts';
import type { Usage } from '../aws-door/usage.ts';
import { localPorts } from '../ports/local-ports.ts';
import type { ServiceStatus } from '../registration/service-registration.ts';
import { someFreeOffset } from '../testing/some-free-offset.ts';

describe('serverless offline in one service, with nothing running', function () {
  this.timeout(120_000);
  let child: ChildProcess;
  let url: string;
  let portOffset: number;

  before(async () => {
    portOffset = await someFreeOffset();
    url = `http://127.0.0.1:${localPorts(portOffset).aws}`;
    child = spawn(
      process.execPath,
      [createRequire(import.meta.url).resolve('serverless/bin/serverless.js'), 'offline'],
      {
        cwd: join(import.meta.dirname, '../testing/tiny-service'),
        env: { ...process.env, WEIR_PORT_OFFSET: String(portOffset), WEIR_DATA_DIR: 'memory' },
        stdio: 'ignore',
      },
    );
  });

  after(() => {
    child?.kill('SIGKILL');
  });

  const get = async <T>(path: string) =>
    fetch(`${url}/_weir/${path}`).then(
      async (answer) => (await answer.json()) as T,
      () => undefined,
    );
  const until = async (condition: () => Promise<boolean>, timeoutMs: number) => {
    const deadline = performance.now() + timeoutMs;
    while (performance.now() < deadline && !(await condition())) await sleep(100);
    return condition();
  };

  it('starts the local AWS, creates the resources, and joins the stream', async () => {
    const ready = async () => (await get<ServiceStatus[]>('services'))?.[0]?.state === 'ready';
    expect(await until(ready, 90_000)).to.equal(true);
  });

  it('runs the function on a record, as a caller of its own', async () => {
    const aws = createAwsClient(() => url, 'tester');
    await aws.json('kinesis', 'PutRecord', { StreamName: 'tiny-events', PartitionKey: 'a', Data: 'e30=' });
    const counted = async () => {
      const usage = await get<Usage>('usage');
      return usage?.callers.tinyconsume?.['dynamodb:PutItem']?.calls === 1;
    };
    expect(await until(counted, 20_000)).to.equal(true);
  });

  it("runs functions on a table's stream and on a queue, as the filter patterns say", async () => {
    const aws = createAwsClient(() => url, 'tester');
    const QueueUrl = 'http://sqs.us-east-1.localhost/000000000000/tiny-jobs';
    for (const MessageBody of ['ignored', 'job']) await aws.json('sqs', 'SendMessage', { QueueUrl, MessageBody });
    await aws.json('dynamodb', 'PutItem', { TableName: 'tiny-seen', Item: { pk: { S: 'ignored' } } });
    const followed = async () => {
      const outcome = await aws.json('dynamodb', 'Scan', { TableName: 'tiny-followed' });
      const items = outcome.ok ? (outcome.json.Items as readonly { readonly pk: { readonly S: string } }[]) : [];
      return items.map(({ pk }) => pk.S.replace(/^4\d{55}$/, 'record')).toSorted();
    };
    expect(await until(async () => (await followed()).length === 2, 20_000)).to.equal(true);
    expect(await followed()).to.deep.equal(['job', 'record']);
  });

  it('serves its WebSocket API: authorizer, subprotocol, routes, the management API', async () => {
    const client = (...protocols: string[]) => {
      const made = new WebSocket(`ws://127.0.0.1:${localPorts(portOffset).sockets}/local`, protocols);
      return made.on('error', () => {});
    };
    const [, refused] = await once(client('tiny.key.none', 'tiny.v1'), 'unexpected-response');
    expect(refused.statusCode).to.equal(403);
    const connected = client('tiny.key.open', 'tiny.v1');
    await once(connected, 'open');
    expect(connected.protocol).to.equal('tiny.v1');
    connected.send('{"type":"hello"}');
    expect(String((await once(connected, 'message'))[0])).to.equal('hello {"type":"hello"}');
    const usage = await get<Usage>('usage');
    expect(usage?.callers.tinysocket?.['execute-api:PostToConnection']?.calls).to.equal(1);
    connected.close(4000);
    const aws = createAwsClient(() => url, 'tester');
    const Key = { pk: { S: 'closed with 4000' } };
    const kept = async () => {
      const outcome = await aws.json('dynamodb', 'GetItem', { TableName: 'tiny-followed', Key });
      return outcome.ok && outcome.json.Item !== undefined;
    };
    expect(await until(kept, 10_000)).to.equal(true);
  });

  it('lets no page invoke a function, and no name that was pointed at it', async () => {
    const lambdaUrl = (await get<ServiceStatus[]>('services'))?.[0]?.lambdaUrl ?? '';
    const invoke = (headers: Record<string, string>) =>
      new Promise((resolve, reject) => {
        const path = '/2015-03-31/functions/tiny-local-consume/invocations';
        const outgoing = request(new URL(path, lambdaUrl), { method: 'POST', headers }, (response) => {
          resolve(response.resume().statusCode);
        });
        outgoing.on('error', reject).end('{"Records":[],"requestContext":{"authorizer":{"keyId":"forged"}}}');
      });
    for (const headers of [
      { origin: 'http://evil.test', 'content-type': 'text/plain' },
      { origin: 'null' },
      { origin: new URL(lambdaUrl).origin },
      { 'sec-fetch-site': 'same-site' },
      { host: 'evil.test' },
    ]) {
      expect(await invoke(headers), JSON.stringify(headers)).to.equal(403);
    }
    expect(await invoke({})).to.equal(200);
    expect(await invoke({ host: `localhost:${new URL(lambdaUrl).port}` })).to.equal(200);
  });

  const invoke = async (name: string) => {
    const lambdaUrl = (await get<ServiceStatus[]>('services'))?.[0]?.lambdaUrl ?? '';
    const answer = await fetch(`${lambdaUrl}/2015-03-31/functions/tiny-local-${name}/invocations`, { method: 'POST' });
    return answer.json();
  };

  it('survives what a function throws outside of its calls, and answers its next call', async () => {
    for (let call = 1; call <= 3; call += 1) {
      expect(await invoke('late')).to.equal('returned');
      await sleep(300);
    }
  });

  it('says by type and seconds that a call took too long', async () => {
    expect(await invoke('slow')).to.include({
      ...{ errorType: 'Sandbox.Timedout', errorMessage: 'Task timed out after 1.00 seconds' },
    });
  });

  it('leaves nothing running when it is killed hard', async () => {
    child.kill('SIGKILL');
    const gone = async () => (await get('health')) === undefined;
    expect(await until(gone, 10_000)).to.equal(true);
  });
});

describe('serverless offline in a service that cannot start', function () {
  this.timeout(60_000);
  const apiService = join(import.meta.dirname, '../../../../services/api');

  function offline(cwd: string, env: NodeJS.ProcessEnv) {
    const program = createRequire(import.meta.url).resolve('serverless/bin/serverless.js');
    const child = spawn(process.execPath, [program, 'offline'], {
      cwd,
      env: { ...process.env, WEIR_DATA_DIR: 'memory', ...env },
    });
    let printed = '';
    for (const output of [child.stdout, child.stderr]) {
      output.setEncoding('utf8').on('data', (text: string) => {
        printed += text;
      });
    }
    const ended = new Promise<number | null>((resolve) => child.once('exit', resolve));
    return { child, ended, printed: () => printed };
  }

  it('says in one sentence that its port is taken, without a stack, and starts nothing', async () => {
    const portOffset = await someFreeOffset();
    const server = createServer();
    await new Promise<void>((resolve) =>
      server.listen(localPorts(portOffset).service('api').lambda, '127.0.0.1', resolve),
    );
    const refused = offline(apiService, { WEIR_PORT_OFFSET: String(portOffset) });
    expect(await refused.ended).to.equal(1);
    await new Promise((resolve) => server.close(resolve));
    expect(refused.printed())
      .to.match(/Port \d+ is in use, perhaps by npm start: end the program/)
      .and.not.match(/\n\s+at |goroutine/);
  });
});
