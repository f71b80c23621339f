import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';

/** CloudFormation, and S3 with versions and policies, on a free port of 127.0.0.1. */
export interface MotoServer {
  /** The settings of clients. */
  readonly config: { readonly endpoint: string; readonly region: string; readonly credentials: Credentials };
  close(): Promise<void>;
}

interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** What Python loads before moto. */
const MENDED = join(import.meta.dirname, 'moto');
const program = spawnSync('sh', ['-c', 'command -v moto_server'], { encoding: 'utf8' }).stdout.trim();

/** Whether this machine has moto. */
export const hasMoto = program !== '';

/** A `describe` whose tests need moto; if the machine has none, one line says so instead. */
export function describeWithMoto(title: string, body: (this: Mocha.Suite) => void): void {
  if (hasMoto) describe(title, body);
  else process.stdout.write(`  ${title}: not run, because there is no moto_server: pip install 'moto[server]'\n`);
}

/** Starts one with nothing in it. */
export async function startMoto(): Promise<MotoServer> {
  const env = { ...process.env, PYTHONPATH: MENDED };
  const server = spawn(program, ['-H', '127.0.0.1', '-p', '0'], { env, stdio: ['ignore', 'ignore', 'pipe'] });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  return {
    config: {
      endpoint: await addressOf(server),
      region: 'us-east-1',
      credentials: { accessKeyId: 'tester', secretAccessKey: 'local' },
    },
    close: async () => {
      server.kill();
      await ended;
    },
  };
}

/** It prints where it listens, and then a line for each request. */
async function addressOf(server: ChildProcessByStdio<null, null, Readable>): Promise<string> {
  for await (const line of createInterface({ input: server.stderr })) {
    const [, address] = / \* Running on (http:\S+)/.exec(line) ?? [];
    if (address === undefined) continue;
    server.stderr.resume();
    return address;
  }
  throw new Error('moto_server ended before it listened');
}
