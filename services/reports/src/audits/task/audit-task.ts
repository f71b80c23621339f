import { buffer } from 'node:stream/consumers';
import type { ObjectStore } from '@weir/archive';
import { type AuditDeps, type Checkpoint, firstCheckpoint, isComplete, runAudit } from '@weir/audit';
import type { Calendar } from '@weir/calendar';
import type { AuditsStore } from '@weir/dynamodb/audits';
import type { Logger, Meter } from '@weir/logging';
import { daysOf } from '../days/audited-days.ts';
import type { AuditInput } from '../executions/audit-machine.ts';
import { storeDay } from './store-day.ts';

const DAY_MS = 86_400_000;

/** What one call of the task tells the next; the first call has only what is audited. */
export interface AuditProgress extends AuditInput {
  /** The file with the newest checkpoint. */
  readonly checkpoint?: string;
  /** Days whose audits are stored. */
  readonly stored?: number;
  readonly status?: 'more' | 'done';
}

export interface AuditTaskDeps {
  readonly audit: Omit<AuditDeps, 'work'>;
  /** The bucket of reports. */
  readonly files: ObjectStore;
  readonly audits: Pick<AuditsStore, 'put'>;
  readonly meter: Meter;
  readonly log: Logger;
  readonly calendarOf: (timeZone: string) => Calendar;
  readonly now: () => number;
  readonly newId: () => string;
}

/**
 * Works on an audit until the deadline, and returns how to continue. A repeated call with the same input does no harm:
 * all files of an audit's work are new ones.
 */
export async function auditTask(deps: AuditTaskDeps, input: AuditProgress, deadline: number): Promise<AuditProgress> {
  const { audit, files, newId } = deps;
  const newKey = (name: string) => `audits/work/${input.execution}/${name}-${newId()}`;
  const before = await readCheckpoint(deps, input);
  if (!isComplete(before)) {
    const after = await runAudit({ ...audit, work: { files, newKey } }, before, deadline);
    const checkpoint = newKey('checkpoint');
    await files.put(checkpoint, Buffer.from(JSON.stringify(after)));
    return { ...input, checkpoint, stored: 0, status: 'more' };
  }
  const days = daysOf(deps.calendarOf(input.timeZone), input);
  let stored = input.stored ?? 0;
  do {
    const day = days[stored];
    if (!day) return { ...input, stored, status: 'done' };
    const { drift } = await storeDay(deps, { day, timeZone: input.timeZone, checkpoint: before });
    deps.meter.observe('AuditDrift', 'Count', drift);
    deps.log.info(drift === 0 ? 'Audited a day' : 'An audit found drift', { date: day.date, drift });
    stored++;
  } while (deps.now() < deadline);
  return { ...input, stored, status: 'more' };
}

async function readCheckpoint({ files, calendarOf }: AuditTaskDeps, input: AuditProgress): Promise<Checkpoint> {
  if (input.checkpoint !== undefined) {
    return JSON.parse((await buffer(await files.get(input.checkpoint))).toString()) as Checkpoint;
  }
  const days = daysOf(calendarOf(input.timeZone), input);
  const [from, to] = [days[0]?.from, days.at(-1)?.to];
  if (from === undefined || to === undefined) throw new RangeError(`no day from ${input.from} to ${input.to}`);
  return firstCheckpoint({ from: Math.floor(from / DAY_MS), to: Math.ceil(to / DAY_MS) });
}
