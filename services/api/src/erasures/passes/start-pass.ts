import type { Pass, PassStore } from '@weir/dynamodb/erasures';

/** The state machine whose executions work on passes. */
export interface PassMachine {
  /** Starts an execution of that name unless there is one; `ended` when there was one and it is over. */
  start(name: string, pass: number): Promise<'running' | 'ended'>;
}

/** What starting passes needs. */
export interface StartPassDeps {
  readonly passes: Pick<PassStore, 'find' | 'begin' | 'restart'>;
  readonly machine: PassMachine;
  readonly now: () => number;
  readonly newId: () => string;
  /** Between the beginnings of two passes, at least: whoever comes in between waits, and goes with the others. */
  readonly intervalMs: number;
}

/**
 * Begins a pass, unless one is under way or began just now. Dying before the execution is started leaves a pass that
 * `resumePass` starts.
 */
export async function beginPass(deps: StartPassDeps): Promise<void> {
  const { passes, machine, now, newId, intervalMs } = deps;
  const last = await passes.find();
  if (last.phase !== 'over' || now() < last.beganAt + intervalMs) return;
  const begun = await passes.begin(last, executionName(last.number + 1, newId()));
  if (begun) await machine.start(begun.execution, begun.number);
}

/** Goes on with a pass whose execution died, or was never started. */
export async function resumePass({ passes, machine, newId }: StartPassDeps, pass: Pass): Promise<void> {
  if ((await machine.start(pass.execution, pass.number)) === 'running') return;
  // It may have ended with the pass: then nothing is renamed.
  const resumed = await passes.restart(pass, executionName(pass.number, newId()));
  if (resumed) await machine.start(resumed.execution, resumed.number);
}

/** A machine whose client is loaded when it is first needed. */
export function createLatePassMachine(open: () => Promise<PassMachine>): PassMachine {
  return { start: async (name, pass) => (await open()).start(name, pass) };
}

/** An execution's name is used once in 90 days (quotas of Step Functions); this one never comes again. */
function executionName(pass: number, id: string): string {
  return `pass-${pass}-${id}`;
}
