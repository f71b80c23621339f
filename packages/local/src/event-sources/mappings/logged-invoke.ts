import type { Invoke } from '../../invoke/lambda-invoke.ts';

/** Writes to the log why an invocation failed. */
export function loggedInvoke(invoke: Invoke, log: (line: string) => void): Invoke {
  return async (payload) => {
    const result = await invoke(payload);
    if (result.outcome === 'failed') log(`Failed, and will be tried again: ${result.reason}`);
    return result;
  };
}
