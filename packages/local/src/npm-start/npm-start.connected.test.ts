import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createApiClient } from '../api-client/api-client.ts';
import type { LocalFile } from '../local-stage/local-file.ts';
import { ROOT_DIR } from '../local-stage/state-dir.ts';
import { localPorts } from '../ports/local-ports.ts';
import { END_WITHIN_MS } from '../processes/end-within.ts';

const PORT_OFFSET = 700;
const START_FILE = fileURLToPath(new URL('./main.ts', import.meta.url));
const DEMO_FILE = fileURLToPath(new URL('../demo/main.ts', import.meta.url));

/** A program under test, with everything it has printed. */
interface Program {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  printed(): string;
}

function isRunning(pid: number): boolean {
  try {
    // A child that has ended and for which nobody has waited is listed as a zombie.
    return !/^\s*(Z.*)?$/.test(execFileSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }));
  } catch {
    return false;
  }
}

async function eventually(what: string, holds: () => boolean, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  while (!holds()) {
    if (performance.now() > deadline) throw new Error(`not within ${timeoutMs} ms: ${what}`);
    await sleep(100);
  }
}

describe('npm start', function () {
  this.timeout(240_000);
  const stateDir = mkdtempSync(join(tmpdir(), 'weir-start-'));
  const localFile = join(stateDir, 'local.json');
  let weir: Program | undefined;

  function run(file: string, ...args: string[]): Program {
    const [command, first] = file === 'npm' ? ['npm', []] : [process.execPath, [file]];
    const child = spawn(command, [...first, ...args], {
      cwd: ROOT_DIR,
      env: { ...process.env, WEIR_STATE_DIR: stateDir, WEIR_PORT_OFFSET: String(PORT_OFFSET) },
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

  async function startUntilReady(): Promise<LocalFile> {
    const started = run(START_FILE);
    weir = started;
    await eventually('ready', () => existsSync(localFile) || started.child.exitCode !== null, 180_000);
    expect(existsSync(localFile), started.printed()).to.equal(true);
    return JSON.parse(readFileSync(localFile, 'utf8'));
  }

  after(async () => {
    weir?.child.kill('SIGTERM');
    await weir?.ended;
    rmSync(stateDir, { recursive: true, force: true });
  });

  it('brings everything up, loads the sample, and says where everything is', async () => {
    const local = await startUntilReady();
    const { key, mailUrl, awsUrl, token, ...fixed } = local;
    expect(fixed).to.deep.equal({
      stage: 'local',
      region: 'us-east-1',
      accountId: '000000000000',
      apiUrl: `http://localhost:${3000 + PORT_OFFSET}/v1`,
      pushUrl: `ws://localhost:${3001 + PORT_OFFSET}/local`,
      stream: 'weir-local-events',
      buckets: {
        archive: 'weir-local-archive-000000000000',
        avatars: 'weir-local-avatars-000000000000',
        reports: 'weir-local-reports-000000000000',
      },
      tables: {
        metrics: 'weir-local-metrics',
        users: 'weir-local-users',
        reports: 'weir-local-reports',
        notifications: 'weir-local-notifications',
      },
      pid: weir?.child.pid,
    });
    expect(key).to.be.a('string').with.length.greaterThan(20);
    expect(awsUrl).to.match(new RegExp(`:${4566 + PORT_OFFSET}$`));
    expect(mailUrl).to.match(/^http:/);
    expect(token).to.match(/^[\w-]{32}$/);
    await eventually('the table', () => /Ready after/.test(weir?.printed() ?? ''), 5_000);
    expect(weir?.printed())
      .to.match(/departure\.DFW +1,103 .*[▁-█]{30}/)
      .and.include('20,000 events of 220 actions');
  });

  it('answers what API Gateway answers itself with the template’s responses', async () => {
    const { apiUrl } = JSON.parse(readFileSync(localFile, 'utf8')) as LocalFile;
    const response = await fetch(`${apiUrl}/nowhere`);
    expect(response.status).to.equal(404);
    expect(response.headers.get('content-type')).to.equal('application/problem+json');
    expect(response.headers.has('access-control-allow-origin')).to.equal(false);
    expect(await response.json()).to.have.property('requestId', response.headers.get('x-request-id'));
  });

  const ports = localPorts(PORT_OFFSET);
  const { http, lambda } = ports.service('api');
  const invocation = '/2015-03-31/functions/weir-api-local-keys/invocations';
  const forged = { httpMethod: 'GET', path: '/v1/keys', requestContext: { authorizer: { keyId: 'bootstrap' } } };

  for (const [what, port, method, path, body] of [
    ['the API', ports.api, 'GET', '/v1/actions', ''],
    ['the API under serverless offline', http, 'GET', '/v1/health', ''],
    ['the functions', lambda, 'POST', invocation, JSON.stringify(forged)],
    ['AWS', ports.aws, 'POST', '/_weir/faults', '{"match":{},"kind":"error"}'],
  ] as const) {
    it(`keeps pages out of ${what}, and names that were pointed at it`, async () => {
      const status = (headers: Record<string, string>) =>
        new Promise((resolve, reject) => {
          const outgoing = request({ host: '127.0.0.1', port, method, path, headers }, (response) => {
            resolve(response.resume().statusCode);
          });
          outgoing.on('error', reject).end(body);
        });
      const { key, token } = JSON.parse(readFileSync(localFile, 'utf8')) as LocalFile;
      for (const authorization of [`Bearer ${key}`, `Bearer ${token}`]) {
        for (const headers of [{ origin: 'http://evil.test' }, { origin: 'null' }, { host: 'evil.test' }]) {
          expect(await status({ authorization, ...headers }), JSON.stringify(headers)).to.equal(403);
        }
        expect(await status({ authorization })).to.not.equal(403);
      }
    });
  }

  it('answers whatever cookies other ports of localhost have left in the browser', async () => {
    const { api, service } = localPorts(PORT_OFFSET);
    for (const port of [api, service('api').http]) {
      for (const cookie of ['{"a":1}', 'a,b', 'alone', 'a="']) {
        const answer = await fetch(`http://127.0.0.1:${port}/v1/health`, { headers: { cookie } });
        expect(answer.status, `${port} ${cookie}`).to.equal(200);
      }
    }
  });

  it('writes no user into its logs', async () => {
    const { apiUrl, key } = JSON.parse(readFileSync(localFile, 'utf8')) as LocalFile;
    const answer = await fetch(`${apiUrl}/users/u_unwritten`, { headers: { authorization: `Bearer ${key}` } });
    expect(answer.status).to.equal(404);
    const logs = join(stateDir, 'logs');
    const texts = readdirSync(logs).map((name) => readFileSync(join(logs, name), 'utf8'));
    expect(texts.join(''))
      .to.match(/RequestId/)
      .and.not.include('u_unwritten');
  });

  it('tells a second one which process runs', async () => {
    const second = run(START_FILE);
    expect(await second.ended).to.equal(1);
    expect(second.printed()).to.include(`pid ${weir?.child.pid}`);
  });

  it('shows what a function throws, with the lines of the TypeScript', async () => {
    await fetch(`http://127.0.0.1:${lambda}${invocation}`, { method: 'POST', body: '{}' });
    await eventually('the error', () => /× keys: TypeError/.test(weir?.printed() ?? ''), 5_000);
    await sleep(300);
    expect(weir?.printed().match(/TypeError/g)).to.have.length(1);
    expect(weir?.printed()).to.match(/^api .*\(services\/api\/src\/serve\/proxy-handler\.ts:\d+:\d+\)$/m);
  });

  it('is exact: the demo finds every hour as the file has it', async () => {
    const demo = run(DEMO_FILE);
    expect(await demo.ended, demo.printed()).to.equal(0);
    expect(demo.printed()).to.include('Exact:');
  });

  it('ends soon with every child at Ctrl-C, whatever is under way, and takes its file away', async () => {
    const children = childrenOf(weir?.child.pid);
    await hangWith(JSON.parse(readFileSync(localFile, 'utf8')));
    const from = performance.now();
    weir?.child.kill('SIGINT');
    expect(await weir?.ended).to.equal(0);
    expect(performance.now() - from).to.be.below(END_WITHIN_MS + 2_000);
    expect(existsSync(localFile)).to.equal(false);
    await eventually('no child left', () => !children.some(isRunning), 10_000);
  });

  it('finds again what it counted before, and leaves no child behind when it is killed hard', async () => {
    const { apiUrl, key } = await startUntilReady();
    const { actions } = createApiClient(apiUrl, key);
    const counted = () => actions().then((found) => found.reduce((sum, { count }) => sum + count, 0));
    await eventuallyEqual(counted, 40_001);
    const children = childrenOf(weir?.child.pid);
    expect(children).to.have.length.greaterThan(2);
    weir?.child.kill('SIGKILL');
    await eventually('no child left', () => !children.some(isRunning), 15_000);
    await eventually('its file taken away', () => !existsSync(localFile), 5_000);
  });

  it('ends as at Ctrl-C when nobody reads its output any more', async () => {
    await startUntilReady();
    const children = childrenOf(weir?.child.pid);
    weir?.child.stdout?.destroy();
    weir?.child.kill('SIGHUP');
    expect(await weir?.ended).to.equal(0);
    expect(existsSync(join(stateDir, 'npm-start.pid'))).to.equal(false);
    await eventually('no child left', () => !children.some(isRunning), 10_000);
  });

  it('ends with every child when npm, which runs it, is told to end', async () => {
    const npm = run('npm', 'start');
    await eventually('AWS', () => / AWS\n/.test(npm.printed()), 60_000);
    const pid = Number(readFileSync(join(stateDir, 'npm-start.pid'), 'utf8'));
    const children = childrenOf(pid);
    expect(children).to.have.length.greaterThan(2);
    npm.child.kill('SIGTERM');
    await npm.ended;
    await eventually('nothing left', () => ![pid, ...children].some(isRunning), 10_000);
  });

  it('starts the tables again once when their program is killed, and ends with one sentence the second time', async () => {
    const { apiUrl, key, pid } = await startUntilReady();
    const { actions } = createApiClient(apiUrl, key);
    const killTables = () => process.kill(childWith(pid, join(stateDir, 'data', 'dynamodb')), 'SIGKILL');
    killTables();
    await eventually(
      'told',
      () => /tables ended \(SIGKILL\), and is started again/.test(weir?.printed() ?? ''),
      10_000,
    );
    const canRead = () =>
      actions().then(
        ({ length }) => Math.sign(length),
        () => 0,
      );
    await eventuallyEqual(canRead, 1);
    const children = childrenOf(pid);
    killTables();
    expect(await weir?.ended).to.equal(1);
    expect(weir?.printed())
      .to.match(/\nThe program of the tables ended for the second time \(SIGKILL\)\n/)
      .and.include('Ended');
    await eventually('no child left', () => !children.some(isRunning), 10_000);
  });

  it('leaves no child behind when it is killed hard while the services are starting', async () => {
    const starting = run(START_FILE);
    await eventually('AWS', () => / AWS\n/.test(starting.printed()), 60_000);
    const children = childrenOf(starting.child.pid);
    starting.child.kill('SIGKILL');
    await eventually('no child left', () => !children.some(isRunning), 20_000);
  });
});

/** Sends an event whose counting hangs for a minute. */
async function hangWith({ apiUrl, awsUrl, key, ...local }: LocalFile & { readonly token?: string }): Promise<void> {
  const json = (bearer: string) => ({ authorization: `Bearer ${bearer}`, 'content-type': 'application/json' });
  const post = async (url: string, bearer: string, body: object) => {
    const answer = await fetch(url, { method: 'POST', headers: json(bearer), body: JSON.stringify(body) });
    expect(answer.ok, await answer.text()).to.equal(true);
  };
  const match = { service: 'dynamodb', action: 'PutItem', resource: 'weir-local-metrics' };
  await post(`${awsUrl}/_weir/faults`, local.token ?? '', { match, kind: 'delay', delayMs: 60_000 });
  const event = { userId: 'u_1', action: 'hanging', timestamp: Date.now() };
  await post(`${apiUrl}/events`, key, { events: [event] });
  // Its batch is read within a second.
  await sleep(2_000);
}

async function eventuallyEqual(read: () => Promise<number>, expected: number): Promise<void> {
  const deadline = performance.now() + 30_000;
  let found = await read();
  for (; found !== expected && performance.now() < deadline; found = await read()) await sleep(200);
  expect(found).to.equal(expected);
}

/** The child process that has this text in its command line. */
function childWith(parent: number, text: string): number {
  const isMeant = (pid: number) =>
    execFileSync('ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }).includes(text);
  const found = childrenOf(parent).find(isMeant);
  if (found === undefined) throw new Error(`no child with ${text}`);
  return found;
}

function childrenOf(parent: number | undefined): number[] {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = listed
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
  return pairs.filter(([, ppid]) => ppid === parent).map(([pid]) => pid ?? 0);
}
