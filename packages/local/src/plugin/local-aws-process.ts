import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A cold JVM on a busy machine is the slowest part. */
const START_TIMEOUT_MS = 60_000;
const REPOSITORY = join(import.meta.dirname, '../../../..');

/** Finds the local AWS at `url`, or starts it as a child that ends when this process does. */
export async function joinOrStartLocalAws(url: string, portOffset: number): Promise<'joined' | 'started'> {
  if (await isHealthy(url)) return 'joined';
  const child = startChild(portOffset);
  let exited = false;
  child.once('exit', () => {
    exited = true;
  });
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (performance.now() < deadline) {
    // Another service may have started it in the meantime: our child then found the port taken, and has ended.
    if (await isHealthy(url)) return exited ? 'joined' : 'started';
    if (exited && !(await comesUp(url))) break;
    await sleep(50);
  }
  throw new Error(`The local AWS did not start at ${url}; its own message is above.`);
}

function startChild(portOffset: number): ChildProcess {
  const child = spawn(
    process.execPath,
    [
      join(import.meta.dirname, '../local-aws/main.ts'),
      '--with-parent',
      ...dataDirArguments(),
      '--port-offset',
      String(portOffset),
    ],
    // A session of its own: Ctrl-C must reach the functions first, and this process only when they are done.
    { stdio: ['pipe', 'ignore', 'inherit'], detached: true },
  );
  child.stdin?.on('error', () => {});
  child.unref();
  return child;
}

/** Waits for a local AWS that another process is starting. */
export async function joinLocalAws(url: string): Promise<'joined'> {
  if (await comesUp(url, START_TIMEOUT_MS)) return 'joined';
  throw new Error(`No local AWS came up at ${url}.`);
}

/** `.weir/data` of the repository, or `WEIR_DATA_DIR`; `memory` keeps nothing. */
function dataDirArguments(): string[] {
  const dataDir = process.env.WEIR_DATA_DIR ?? join(REPOSITORY, '.weir/data');
  return dataDir === 'memory' ? [] : ['--data-dir', dataDir];
}

/** The process that took the port may still be starting its emulators. */
async function comesUp(url: string, timeoutMs = START_TIMEOUT_MS / 4): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (performance.now() < deadline) {
    if (await isHealthy(url)) return true;
    await sleep(100);
  }
  return false;
}

async function isHealthy(url: string): Promise<boolean> {
  const answer = await fetch(`${url}/_weir/health`).catch(() => undefined);
  return answer?.ok === true;
}
