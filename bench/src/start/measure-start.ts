import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median, quantile } from '../measure/cpu.ts';
import { type Bundle, bundleHandlers } from './bundle-handlers.ts';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, 'start-once.ts');
const MODULES = join(import.meta.dirname, '../../../node_modules');

/** What every function is told; each takes what it needs. */
const ENVIRONMENT = {
  AWS_REGION: 'us-east-1',
  WEIR_STAGE: 'bench',
  WEIR_SERVICE: 'weir-api',
  WEIR_STREAM_NAME: 'stream',
  WEIR_METRICS_TABLE: 'metrics',
  WEIR_IDEMPOTENCY_TABLE: 'idempotency',
  WEIR_KEYS_TABLE: 'keys',
  WEIR_USERS_TABLE: 'users',
  WEIR_ARCHIVE_BUCKET: 'archive',
  WEIR_AVATARS_BUCKET: 'avatars',
  WEIR_BOOTSTRAP_KEY_SECRET: 'secret',
  WEIR_CURSOR_SECRET: 'secret',
  WEIR_USER_ACTIVITY: 'true',
  WEIR_RATE_LIMIT_PER_SECOND: '100',
  WEIR_RATE_LIMIT_BURST: '1000',
  WEIR_ERASURE_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:erasures',
  WEIR_ERASURE_GRACE_SECONDS: '900',
  WEIR_ERASURE_POLL_SECONDS: '900',
  WEIR_ERASURE_LAST_PASS_SECONDS: '691200',
  WEIR_ERASURE_ORPHANS_SECONDS: '5400',
  WEIR_STREAM_RETENTION_HOURS: '168',
  WEIR_LOG_RETENTION_DAYS: '30',
};

/** What loading one function takes. */
export interface StartMeasure extends Omit<Bundle, 'path'> {
  readonly cpuMs: number;
  /** Median of the rounds' own ratios to the bare client. */
  readonly ratio: number;
  readonly quartiles: readonly [number, number];
}

/** CPU of loading each function of the API in a fresh process, by turns with a bare client of DynamoDB. */
export async function measureStart({ rounds }: { rounds: number }): Promise<StartMeasure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-start-'));
  try {
    // What is left out of a bundle is found as it is beside it in Lambda.
    await symlink(MODULES, join(folder, 'node_modules'));
    const bundles = await bundleHandlers(folder);
    const figures: number[][] = bundles.map(() => []);
    for (let round = -2; round < rounds; round++) {
      for (const [at, { path }] of bundles.entries()) {
        const ms = await startOnce(path);
        if (round >= 0) figures[at]?.push(ms);
      }
    }
    const base = figures[0] ?? [];
    return bundles.map(({ name, zippedBytes }, at) => {
      const own = figures[at] ?? [];
      const ratios = own.map((ms, round) => ms / (base[round] ?? Number.NaN));
      const quartiles = [quantile(ratios, 0.25), quantile(ratios, 0.75)] as const;
      return { name, zippedBytes, cpuMs: median(own), ratio: median(ratios), quartiles };
    });
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function startOnce(path: string): Promise<number> {
  const { stdout } = await run(process.execPath, [SCRIPT, path], { env: { PATH: process.env.PATH, ...ENVIRONMENT } });
  return Number(stdout.trim().split('\n').at(-1));
}
