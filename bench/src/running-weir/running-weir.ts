import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultRule, Usage } from '@weir/local';
import type { LocalFile } from '@weir/local/local-file';

const START_FILE = join(import.meta.dirname, '../../../packages/local/src/npm-start/main.ts');
/** Ports that nothing else uses. */
const PORT_OFFSET = '700';
const READY_TIMEOUT_MS = 150_000;

/** `npm start -- --empty` with a state of its own. */
export interface RunningWeir {
  readonly local: LocalFile;
  /** Calls the API with the key of `npm start`, or with another one. Throws what is not answered with 2xx. */
  call<T>(path: string, options?: CallOptions): Promise<T>;
  /** The calls of AWS since the last reset. */
  usage(): Promise<Usage>;
  resetUsage(): Promise<void>;
  addFaults(...rules: readonly FaultRule[]): Promise<void>;
  clearFaults(): Promise<void>;
  /** The log of a service until now. */
  logOf(service: string): Promise<string>;
  close(): Promise<void>;
}

interface CallOptions {
  readonly method?: string;
  readonly body?: object;
  readonly key?: string;
}

/** Starts it, and waits until everything is ready. */
export async function startWeir(): Promise<RunningWeir> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-bench-'));
  const env = { ...process.env, WEIR_STATE_DIR: folder, WEIR_REDIS_URL: '' };
  const args = [START_FILE, '--empty', '--port-offset', PORT_OFFSET];
  const child = spawn(process.execPath, args, { env, stdio: 'ignore' });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const close = async () => {
    child.kill('SIGINT');
    await ended;
    await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  };
  try {
    const local = await readWhenReady(child, join(folder, 'local.json'));
    return { ...doorsOf(local), logOf: (service) => readFile(join(folder, 'logs', `${service}.log`), 'utf8'), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function readWhenReady(child: ChildProcess, file: string): Promise<LocalFile> {
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!existsSync(file)) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error('Weir does not start: try npm start');
    await sleep(100);
  }
  return JSON.parse(await readFile(file, 'utf8')) as LocalFile;
}

function doorsOf(local: LocalFile): Omit<RunningWeir, 'logOf' | 'close'> {
  const control = <T>(path: string, options: CallOptions = {}) =>
    request<T>(`${local.awsUrl}/_weir/${path}`, { key: local.token, ...options });
  return {
    local,
    call: (path, options = {}) => request(`${local.apiUrl}${path}`, { key: local.key, ...options }),
    usage: () => control('usage'),
    resetUsage: () => control('usage', { method: 'DELETE' }),
    addFaults: (...rules) => control('faults', { method: 'POST', body: rules }),
    clearFaults: () => control('faults', { method: 'DELETE' }),
  };
}

async function request<T>(url: string, { method = 'GET', body, key }: CallOptions): Promise<T> {
  const headers = { authorization: `Bearer ${key}`, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(url, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  const text = await answer.text();
  if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
