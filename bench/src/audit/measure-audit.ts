import { MemoryObjectStore } from '@weir/archive/memory';
import { createArchiveReader } from '@weir/archive/reading';
import { MemoryAuditsStore } from '@weir/dynamodb/audits/memory';
import { silentLog, silentMeter } from '@weir/logging';
import { type AuditProgress, type AuditTaskDeps, auditTask } from '@weir/reports/src/audits/task/audit-task.ts';
import { calendarOf } from '@weir/reports/src/daily/calendar-of.ts';
import { cpuMsOfAsync, median } from '../measure/cpu.ts';
import { type CountedFlow, countFlow, type FlowSize } from './count-flow.ts';

/** As the function audit has it. */
const MAX_BYTES = 128 * 1024 * 1024;
const DATE = '2026-01-10';

/** An audit of the day of a flow. */
export interface AuditMeasure {
  readonly events: number;
  readonly erasedLines: number;
  /** Buckets that differ, and lost objects. */
  readonly drift: number;
  /** CPU of the whole process, the median of all rounds. */
  readonly cpuSeconds: number;
}

/** Counts a flow, and audits its day `rounds` times with the function's task. */
export async function measureAudit({ rounds, ...size }: FlowSize & { rounds: number }): Promise<AuditMeasure> {
  const flow = await countFlow(size);
  const { events, erasedLines } = flow;
  let drift = 0;
  const seconds: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const audits = new MemoryAuditsStore();
    const ms = await cpuMsOfAsync(() => audit(flow, audits));
    seconds.push(ms / 1000);
    const found = await audits.find(DATE);
    if (!found) throw new Error('the audit is not stored');
    drift = Math.max(drift, found.drift);
  }
  return { events, erasedLines, drift, cpuSeconds: median(seconds) };
}

async function audit({ store, objects, night }: CountedFlow, audits: MemoryAuditsStore): Promise<void> {
  let names = 0;
  const now = () => night;
  const deps: AuditTaskDeps = {
    audit: { store, archive: createArchiveReader({ store, objects }), now, maxBytes: MAX_BYTES },
    files: new MemoryObjectStore(now),
    ...{ audits, calendarOf, now, newId: () => `${names++}`, log: silentLog, meter: silentMeter },
  };
  let progress: AuditProgress = { execution: 'bench', from: DATE, to: DATE, timeZone: 'UTC' };
  do progress = await auditTask(deps, progress, night + 1);
  while (progress.status === 'more');
}
