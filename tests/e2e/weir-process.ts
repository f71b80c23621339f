import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { someFreeOffset } from '@weir/local/free-offset';

const START_FILE = fileURLToPath(new URL('../../packages/local/src/npm-start/main.ts', import.meta.url));
const READY_TIMEOUT_MS = 150_000;

/** The fields of `local.json` that the tests use. */
export interface Local {
  readonly accountId: string;
  readonly apiUrl: string;
  readonly pushUrl: string;
  readonly key: string;
  readonly awsUrl: string;
  readonly mailUrl: string;
  readonly token: string;
  readonly region: string;
  readonly stream: string;
  readonly buckets: { readonly archive: string };
}

/** `npm start -- --empty` with its own state, on its own ports. */
export interface WeirProcess {
  /** Resolves when everything is ready. May be called again after `interrupt`: the state stays. */
  start(): Promise<Local>;
  /** Ctrl-C; resolves with the exit code. */
  interrupt(): Promise<number | null>;
  /** Ends Weir if it runs, and removes the state. */
  remove(): Promise<void>;
}

/** Prepares a process, and starts nothing yet. `redisUrl` is the Redis that it will use; by default none. */
export async function createWeirProcess({ redisUrl = '' } = {}): Promise<WeirProcess> {
  const stateDir = mkdtempSync(join(tmpdir(), 'weir-e2e-'));
  const portOffset = await someFreeOffset();
  let running: Running | undefined;
  // In whatever way the test process ends. The children of the killed process end by themselves.
  process.once('exit', () => running?.child.kill('SIGKILL'));

  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    running?.child.kill(signal);
    const code = (await running?.ended) ?? null;
    running = undefined;
    return code;
  };
  return {
    start: () => {
      running = launch(stateDir, portOffset, redisUrl);
      return untilReady(running, join(stateDir, 'local.json'));
    },
    interrupt: () => end('SIGINT'),
    remove: async () => {
      await end('SIGTERM');
      rmSync(stateDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<number | null>;
  printed(): string;
}

function launch(stateDir: string, portOffset: number, redisUrl: string): Running {
  const child = spawn(process.execPath, [START_FILE, '--empty', '--port-offset', String(portOffset)], {
    // Allows pages of any origin; the test of `npm start` itself runs without this.
    env: { ...process.env, WEIR_STATE_DIR: stateDir, WEIR_CORS_ORIGINS: '*', WEIR_REDIS_URL: redisUrl },
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

async function untilReady({ child, printed }: Running, localFile: string): Promise<Local> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!existsSync(localFile)) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`Weir is not ready:\n${printed()}`);
    await sleep(100);
  }
  return JSON.parse(readFileSync(localFile, 'utf8')) as Local;
}
