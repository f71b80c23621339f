import { cpus } from 'node:os';
import { median, quantile } from '../measure/cpu.ts';
import { figure, type Report } from '../report/table.ts';
import { type FairnessMeasure, measureFairness } from './measure-fairness.ts';

/** Long beside the CPU of a part, so that two cores have enough for twenty workers. */
const WAIT_MS = 1_000;
/** Parts of the other key's two running jobs that are out. */
const PARTS_BESIDE = 16;

/** How much longer one key's short report takes beside another key's long ones. */
export async function reportFairness({ quick }: { quick: boolean }): Promise<Report> {
  const rounds = quick ? 3 : 9;
  const waiting = await measureFairness({ rounds, waitMs: WAIT_MS });
  const working = await measureFairness({ rounds, waitMs: 0 });
  const table = {
    title: "One key's summary of a day, alone and beside another key's twelve summaries of ten years",
    columns: ['work of a part', 'alone, s', 'beside, s', 'middle half', 'ratio', 'target'],
    rows: [
      [...rowOf('waits: each PUT of a worker takes a second', waiting), '2.00'],
      [...rowOf('uses the CPU of this machine', working), '-'],
    ],
    note: `Medians of ${rounds} rounds, from POST /v1/reports to the status "done". ${shareOfCpu(cpus().length)}`,
  };
  return { part: 'fairness', tables: [table] };
}

function rowOf(name: string, { alone, beside, ratio }: FairnessMeasure): string[] {
  const half = [0.25, 0.75].map((q) => figure(quantile(beside, q))).join(' to ');
  return [name, figure(median(alone)), figure(median(beside)), half, figure(ratio)];
}

function shareOfCpu(cores: number): string {
  const times = figure(Math.max(1, (PARTS_BESIDE + 1) / cores));
  return `${PARTS_BESIDE + 1} workers share ${cores} cores: what takes only CPU takes ${times} times as long.`;
}
