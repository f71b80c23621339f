import type { Invoke, Invoked } from './invoke.ts';

/** A function of a service, and the event for it. */
export interface FunctionCall {
  readonly stage: string;
  /** Reports, if it is left out. */
  readonly service?: 'reports' | 'notifications';
  readonly name: string;
  readonly event: object;
}

/** Why nothing of this machine's stage can be reached. */
export const NOT_RUNNING =
  'Weir is not running: run npm start in another terminal, wait until it is ready, then run this again.';

/** Why this machine's stage has no such function: its services register when they start, and leave when they end. */
export const NOT_READY =
  'Weir is starting or ending, and this service does not run: wait until npm start says that it is ready, then run this again.';

/** Calls a function of a stage, and returns its answer. Throws one sentence that says why there is none. */
export async function callFunction(
  invoke: Invoke,
  { stage, service = 'reports', name, event }: FunctionCall,
): Promise<unknown> {
  const functionName = `weir-${service}-${stage}-${name}`;
  const invoked = await invoke(functionName, event);
  if (invoked.kind === 'returned') return invoked.answer;
  throw new Error(problemOf(invoked, functionName, stage));
}

function problemOf(invoked: Exclude<Invoked, { kind: 'returned' }>, functionName: string, stage: string): string {
  switch (invoked.kind) {
    case 'failed':
      return `${functionName} failed: ${invoked.message}. Read its log: /aws/lambda/${functionName}.`;
    case 'unknown-function':
      if (stage === 'local') return NOT_READY;
      return `There is no function ${functionName} in this account and region: is the stage deployed there?`;
    case 'unreached':
      if (stage !== 'local') return `AWS cannot be reached: ${invoked.message}.`;
      return NOT_RUNNING;
  }
}
