import { execFile } from 'node:child_process';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { TOLD } from '@weir/api/src/testing/told-environment.ts';
import { median, quantile } from '../measure/cpu.ts';
import { type Bundle, bundleHandlers } from './bundle-handlers.ts';

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, 'start-once.ts');
const MODULES = join(import.meta.dirname, '../../../node_modules');

/** The cost of loading one function. */
export interface StartMeasure extends Omit<Bundle, 'path'> {
  readonly cpuMs: number;
  /** The median of each round's ratio to the bare client. */
  readonly ratio: number;
  readonly quartiles: readonly [number, number];
}

/** What the functions of the reports read besides; none of it exists. */
const TOLD_REPORTS = {
  WEIR_REPORTS_TABLE: 'weir-test-reports',
  WEIR_REPORTS_BUCKET: 'weir-test-reports',
  WEIR_REPORT_READY_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:weir-test-report-ready',
  WEIR_TIME_ZONE: 'UTC',
  WEIR_REPORT_PARTS_TOPIC_ARN: 'arn:aws:sns:us-east-1:000000000000:weir-test-report-parts',
  WEIR_REPORT_PARTS_QUEUE_URL: 'https://sqs.us-east-1.amazonaws.com/000000000000/weir-test-report-parts',
  WEIR_PART_RECEIVES: '3',
  WEIR_PART_RETRY_SECONDS: '30',
  WEIR_JOB_STALLED_SECONDS: '7200',
  WEIR_AUDIT_MACHINE_ARN: 'arn:aws:states:us-east-1:000000000000:stateMachine:weir-test-audits',
};

/** CPU of loading each function of the API and of the reports in a fresh process, by turns with a bare client of DynamoDB. */
export async function measureStart({ rounds }: { rounds: number }): Promise<StartMeasure[]> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-start-'));
  try {
    // Modules that a bundle leaves out are found beside it, as in Lambda.
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
  // As deployed: with traces and metrics.
  const telemetry = { POWERTOOLS_TRACE_ENABLED: 'true', POWERTOOLS_METRICS_DISABLED: 'false' };
  const env = { PATH: process.env.PATH, ...TOLD, ...TOLD_REPORTS, ...telemetry };
  const { stdout } = await run(process.execPath, [SCRIPT, path], { env });
  return Number(stdout.trim().split('\n').at(-1));
}
