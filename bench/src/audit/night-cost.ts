import { DOLLARS } from '../cost/prices.ts';
import { costOf } from '../year/cost-of.ts';

/** Memory of the function audit (services/reports/serverless.yml): one CPU. */
const GIGABYTES = 1769 / 1024;
/** A call of the function works so long: its time-out is longer by a reserve. */
const CALL_SECONDS = 600;
/** Of a hourly object at 1,000 events a second. */
const LINES_PER_OBJECT = 3_600_000;

/** What an audit of so many lines takes in AWS. */
export interface NightCost {
  readonly cpuSeconds: number;
  readonly calls: number;
  readonly dollars: number;
}

/** Computes it from the lines that a second of CPU counts. Rows are left out: they are some thousands. */
export function nightCost(lines: number, linesPerSecond: number): NightCost {
  const cpuSeconds = lines / linesPerSecond;
  const calls = Math.ceil(cpuSeconds / CALL_SECONDS) + 1;
  const reads = { calls: Math.ceil(lines / LINES_PER_OBJECT), errors: 0, readUnits: 0, writeUnits: 0 };
  const { functions, objects } = costOf({
    calls: { 's3:GetObject': { ...reads, requestBytes: 0, responseBytes: 0 } },
    ...{ invocations: calls, gigabyteSeconds: cpuSeconds * GIGABYTES, messages: 0 },
  });
  // For each call its own state and the choice after it; the beginning and the end.
  const transitions = 2 * calls + 2;
  return { cpuSeconds, calls, dollars: functions + objects + transitions * DOLLARS.transition };
}
