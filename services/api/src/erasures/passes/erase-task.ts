import type { Pass } from '@weir/dynamodb/erasures';
import { type EraseDeps, PassOver } from '../cohort/erase-deps.ts';
import { failPass } from './fail-pass.ts';
import { gatherMembers, isAnyReady } from './ready-erasures.ts';
import { type SettlePassDeps, settlePass } from './settle-pass.ts';
import { beginPass, resumePass, type StartPassDeps } from './start-pass.ts';
import { walkArchive } from './walk-archive.ts';

/** The input from the state machine; the first call has only the number of the pass. */
export interface EraseInput {
  readonly pass: number;
  /** Whether an erasure has already failed in this execution. */
  readonly hasFailed?: boolean;
  /** Set when the state machine stops retrying: then the task only marks the erasures that cannot continue. */
  readonly failure?: string;
}

/** The answer to the state machine: call again, or end, with or without an alarm. */
export interface EraseProgress {
  readonly pass: number;
  readonly status: 'more' | 'done' | 'failed';
  readonly hasFailed: boolean;
}

/** Dependencies of a task. */
export type EraseTaskDeps = SettlePassDeps & StartPassDeps;

/** Works on a pass until the deadline, and returns how to continue. A repeated call with the same input does no harm. */
export async function eraseTask(deps: EraseTaskDeps, input: EraseInput, deadline: number): Promise<EraseProgress> {
  let hasFailed = input.hasFailed ?? false;
  const told = (status: EraseProgress['status']) => ({ pass: input.pass, status, hasFailed });
  for (;;) {
    const pass = await deps.passes.find();
    if (pass.number !== input.pass || pass.phase === 'over') return told(hasFailed ? 'failed' : 'done');
    if (input.failure !== undefined) {
      await failPass(deps, pass);
      return told('failed');
    }
    const { failed } = await workOn(deps, pass, deadline);
    hasFailed ||= failed > 0;
    if (deps.now() >= deadline) return told('more');
  }
}

/** Works on one phase of a pass. When the phase is over, the next call works on the next phase. */
async function workOn(deps: EraseTaskDeps, pass: Pass, deadline: number): Promise<{ readonly failed: number }> {
  if (pass.phase === 'settling') return settleAndEnd(deps, pass, deadline);
  if (pass.phase === 'gathering') await gather(deps, pass);
  else await walk(deps, pass, deadline);
  return { failed: 0 };
}

async function gather(deps: EraseTaskDeps, { number }: Pass): Promise<void> {
  const members = await gatherMembers(deps);
  if (members.length > 0) await deps.passes.open(number, members, deps.now());
  else await deps.passes.end(number, 'gathering');
}

async function walk(deps: EraseDeps, pass: Pass, deadline: number): Promise<void> {
  try {
    await walkArchive(deps, pass, deadline);
  } catch (error) {
    // The worker that ended the walk continues the pass.
    if (!(error instanceof PassOver)) throw error;
  }
}

async function settleAndEnd(deps: EraseTaskDeps, pass: Pass, deadline: number): Promise<{ readonly failed: number }> {
  const { isOver, failed } = await settlePass(deps, pass, deadline);
  if (isOver) {
    await deps.passes.end(pass.number, 'settling');
    if (await isAnyReady(deps)) await beginPass(deps);
  }
  return { failed };
}

/** The work of the schedule: it begins a pass if erasures wait, and continues a pass whose execution died. */
export async function startDuePass(deps: EraseTaskDeps): Promise<void> {
  const pass = await deps.passes.find();
  if (pass.phase !== 'over') await resumePass(deps, pass);
  else if (await isAnyReady(deps)) await beginPass(deps);
}

/** How long the oldest due step has waited, in milliseconds; 0 if no step waits. */
export async function oldestWaitMs({ erasures, now }: Pick<EraseDeps, 'erasures' | 'now'>): Promise<number> {
  for await (const { dueAt } of erasures.listDue(now())) return now() - dueAt;
  return 0;
}
