import type { Pass, PassStore } from '@weir/dynamodb/erasures';

/** The state machine whose executions work on passes. */
export interface PassMachine {
  /** Starts an execution with this name unless there is one; `ended` if there was one and it has ended. */
  start(name: string, pass: number): Promise<'running' | 'ended'>;
}

/** Dependencies of starting passes. */
export interface StartPassDeps {
  readonly passes: Pick<PassStore, 'find' | 'begin' | 'restart'>;
  readonly machine: PassMachine;
  readonly now: () => number;
  readonly newId: () => string;
  /** The shortest time between the beginnings of two passes. An erasure that comes in between waits for the next pass. */
  readonly intervalMs: number;
}

/**
 * Begins a pass, unless a pass runs or began a moment ago. If the process dies before the execution starts, `resumePass`
 * starts it.
 */
export async function beginPass(deps: StartPassDeps): Promise<void> {
  const { passes, machine, now, newId, intervalMs } = deps;
  const last = await passes.find();
  if (last.phase !== 'over' || now() < last.beganAt + intervalMs) return;
  const begun = await passes.begin(last, executionName(last.number + 1, newId()));
  if (begun) await machine.start(begun.execution, begun.number);
}

/** Continues a pass whose execution died or was never started. */
export async function resumePass({ passes, machine, newId }: StartPassDeps, pass: Pass): Promise<void> {
  if ((await machine.start(pass.execution, pass.number)) === 'running') return;
  // The execution may have ended together with the pass. Then nothing is renamed.
  const resumed = await passes.restart(pass, executionName(pass.number, newId()));
  if (resumed) await machine.start(resumed.execution, resumed.number);
}

/** A state machine whose client is loaded at the first use. */
export function createLatePassMachine(open: () => Promise<PassMachine>): PassMachine {
  return { start: async (name, pass) => (await open()).start(name, pass) };
}

/** The name of an execution. Step Functions allows a name once in 90 days (quotas); this name is never used again. */
function executionName(pass: number, id: string): string {
  return `pass-${pass}-${id}`;
}
