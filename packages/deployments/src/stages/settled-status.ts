import type { StageStacks } from '../aws/stage-stacks.ts';

export interface SettleDeps {
  readonly stacks: Pick<StageStacks, 'status'>;
  readonly wait: (ms: number) => Promise<unknown>;
}

const POLL_MS = 10_000;
const PATIENCE_MS = 30 * 60_000;
/** Those from which a stack can be updated. */
const UPDATABLE = new Set([
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
]);

/**
 * A stack's status, when CloudFormation has ended what it does with it: until then it refuses to change or remove a stack.
 * A run that was given up half-way leaves it at work. Undefined if there is no such stack. Throws an Error after 30 min.
 */
export async function settledStatus({ stacks, wait }: SettleDeps, name: string): Promise<string | undefined> {
  for (let waited = 0; ; waited += POLL_MS) {
    const status = await stacks.status(name);
    if (status === undefined || !isAtWork(status)) return status;
    if (waited >= PATIENCE_MS) throw new Error(`${name} is still ${status} after ${PATIENCE_MS / 60_000} minutes`);
    await wait(POLL_MS);
  }
}

/** Whether a stack can neither be made nor be updated: only its removal helps. */
export function isStuck(status: string | undefined): boolean {
  return status !== undefined && !UPDATABLE.has(status);
}

/** A stack that is in review was never made, and waits for somebody. */
function isAtWork(status: string): boolean {
  return status.endsWith('_IN_PROGRESS') && status !== 'REVIEW_IN_PROGRESS';
}
