import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from '../measure/cpu.ts';
import { readProcesses, treeCpuMs } from './process-tree.ts';

const ROOT = join(import.meta.dirname, '../../..');
const SERVERLESS = join(ROOT, 'node_modules/serverless/bin/serverless.js');
/** Ports that nothing else uses. */
const PORT_OFFSET = '600';
/** What is kept between starts: compiled code, and bundles. */
const KEPT = ['node_modules/.cache/weir', 'services/*/.esbuild-offline/kept'];

/** The baseline: serverless-offline with one function, which is not bundled, and no plugin of ours. */
const BARE = `service: bare
provider: { name: aws, runtime: nodejs24.x, region: us-east-1 }
plugins: [serverless-offline]
custom: { serverless-offline: { host: 127.0.0.1, httpPort: 3690, lambdaPort: 3691, noSponsor: true } }
functions:
  hello: { handler: handler.hello, events: [{ http: { method: get, path: hello } }] }
`;

/** Medians of a few starts, from the key to the moment in which everything can be used. */
export interface ReadyMeasure {
  readonly name: string;
  readonly seconds: number;
  /** Of all processes, until then. */
  readonly cpuSeconds: number;
}

interface Start {
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  /** What it prints when it is ready. */
  readonly ready: RegExp;
}

/** Starts everything, again and again: first as after a fresh installation, then as every later time. */
export async function measureReady({ rounds }: { rounds: number }): Promise<ReadyMeasure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-ready-'));
  try {
    const bare = await bareService(join(folder, 'bare'));
    const env = { ...process.env, WEIR_STATE_DIR: join(folder, 'state') };
    const args = ['start', '--', '--port-offset', PORT_OFFSET];
    const weir: Start = { command: 'npm', args, cwd: ROOT, env, ready: /^Ready after/m };
    const first = await repeat('npm start, the first', rounds, async () => {
      const kept = globSync(KEPT, { cwd: ROOT });
      for (const path of [join(folder, 'state'), ...kept.map((each) => join(ROOT, each))]) {
        await rm(path, { recursive: true, force: true });
      }
      return startOnce(weir);
    });
    const later = await repeat('npm start, each later one', rounds, () => startOnce(weir));
    return [await repeat('serverless-offline alone, one function', rounds, () => startOnce(bare)), first, later];
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bareService(cwd: string): Promise<Start> {
  await mkdir(cwd);
  await writeFile(join(cwd, 'serverless.yml'), BARE);
  await writeFile(join(cwd, 'handler.mjs'), "export const hello = async () => ({ statusCode: 200, body: '' });\n");
  const args = [SERVERLESS, 'offline'];
  return { command: process.execPath, args, cwd, env: process.env, ready: /Server ready/ };
}

async function repeat(name: string, rounds: number, once: () => Promise<[number, number]>): Promise<ReadyMeasure> {
  const figures: [number, number][] = [];
  for (let round = 0; round < rounds; round += 1) figures.push(await once());
  const [seconds, cpuSeconds] = [0, 1].map((at) => median(figures.map((each) => each[at] ?? Number.NaN)));
  return { name, seconds: seconds ?? Number.NaN, cpuSeconds: cpuSeconds ?? Number.NaN };
}

/** Seconds, and seconds of CPU, until it is ready; then it is ended as by Ctrl-C. */
async function startOnce({ command, args, cwd, env, ready }: Start): Promise<[number, number]> {
  const began = performance.now();
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const { promise, resolve, reject } = Promise.withResolvers<[number, number]>();
  let printed = '';
  const onText = (text: string): void => {
    const before = ready.test(printed);
    printed += text;
    if (before || !ready.test(printed)) return;
    const seconds = (performance.now() - began) / 1000;
    resolve([seconds, treeCpuMs(child.pid ?? 0, readProcesses()) / 1000]);
  };
  for (const output of [child.stdout, child.stderr]) output.setEncoding('utf8').on('data', onText);
  void ended.then(() => reject(new Error(`it ended before it was ready:\n${printed}`)));
  try {
    return await promise;
  } finally {
    child.kill('SIGINT');
    await ended;
  }
}
