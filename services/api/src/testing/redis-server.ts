import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createConnection, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_TIMEOUT_MS = 10_000;

/** A Redis that a test may stop, freeze and start again, always on the same port of 127.0.0.1. */
export interface RedisServer {
  readonly url: string;
  start(): Promise<void>;
  /** Ends the server at once, without a message to its clients. */
  kill(): Promise<void>;
  /** Suspends the server: its sockets stay open, and it does not answer. */
  freeze(): void;
  thaw(): void;
}

const program = spawnSync('sh', ['-c', 'command -v redis-server || command -v valkey-server'], { encoding: 'utf8' })
  .stdout.trim()
  .split('\n')[0];

/** A `describe` whose tests need a real Redis. On a machine without one, it prints one line instead. */
export function describeWithRedis(title: string, body: (this: Mocha.Suite) => void): void {
  if (program) describe(title, body);
  else process.stdout.write(`  ${title}: not run, as there is no redis-server: apt-get install redis-server\n`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(port: number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = createConnection(port, '127.0.0.1', () => socket.write('PING\r\n'));
  socket.once('data', () => resolve(true));
  socket.once('error', () => resolve(false));
  const answered = await promise;
  socket.destroy();
  return answered;
}

/** A server that is not started yet. It stores nothing on disk. */
export async function createRedisServer(): Promise<RedisServer> {
  if (!program) throw new Error('there is no redis-server');
  const port = await freePort();
  let server: ChildProcess | undefined;
  return {
    url: `redis://127.0.0.1:${port}`,
    async start() {
      const options = ['--port', `${port}`, '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no'];
      server = spawn(program, options, { stdio: 'ignore', cwd: '/tmp' });
      const deadline = Date.now() + START_TIMEOUT_MS;
      while (!(await answers(port))) {
        if (Date.now() > deadline) throw new Error(`${program} does not answer`);
        await sleep(20);
      }
    },
    async kill() {
      if (!server || server.exitCode !== null || server.signalCode !== null) return;
      const ended = new Promise((resolve) => server?.once('exit', resolve));
      server.kill('SIGKILL');
      await ended;
    },
    freeze: () => void server?.kill('SIGSTOP'),
    thaw: () => void server?.kill('SIGCONT'),
  };
}
