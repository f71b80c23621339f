import { spawn, spawnSync } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const START_TIMEOUT_MS = 30_000;

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** CloudFormation, and S3 with versions and policies, on 127.0.0.1. */
export interface MotoServer {
  /** What clients are made with. */
  readonly config: { readonly endpoint: string; readonly region: string; readonly credentials: Credentials };
  close(): Promise<void>;
}

const program = spawnSync('sh', ['-c', 'command -v moto_server'], { encoding: 'utf8' }).stdout.trim();

/** A `describe` whose tests need moto; where the machine has none, one line says so instead. */
export function describeWithMoto(title: string, body: (this: Mocha.Suite) => void): void {
  if (program) describe(title, body);
  else
    process.stdout.write(
      `  ${title}: not run, as there is no moto_server: pip install 'moto[server,cloudformation]'\n`,
    );
}

/** Starts one with nothing in it. */
export async function startMoto(): Promise<MotoServer> {
  const port = await freePort();
  const server = spawn(program, ['-H', '127.0.0.1', '-p', `${port}`], { stdio: 'ignore' });
  const endpoint = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await answers(endpoint))) {
    if (performance.now() > deadline) throw new Error('moto_server does not answer');
    await sleep(100);
  }
  return {
    config: { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'tester', secretAccessKey: 'local' } },
    close: async () => {
      const ended = new Promise((resolve) => server.once('exit', resolve));
      server.kill();
      await ended;
    },
  };
}

async function answers(endpoint: string): Promise<boolean> {
  return fetch(`${endpoint}/moto-api/`).then(
    ({ ok }) => ok,
    () => false,
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
