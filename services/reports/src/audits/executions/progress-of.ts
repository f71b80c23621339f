import type { AuditExecution } from './audit-machine.ts';

/** What is read of an event of an execution's history. */
export interface PastEvent {
  readonly lambdaFunctionSucceededEventDetails?: { readonly output?: string | undefined } | undefined;
  readonly lambdaFunctionFailedEventDetails?: Failed | undefined;
  readonly lambdaFunctionTimedOutEventDetails?: Failed | undefined;
}

interface Failed {
  readonly error?: string | undefined;
  readonly cause?: string | undefined;
}

/** How far an execution is, by the events of its history, the newest first: what the newest call said that ended. */
export function progressOf(events: readonly PastEvent[]): Pick<AuditExecution, 'stored' | 'problem'> {
  let problem: string | undefined;
  for (const event of events) {
    const output = event.lambdaFunctionSucceededEventDetails?.output;
    if (output !== undefined) {
      const { stored = 0 } = JSON.parse(output) as { readonly stored?: number };
      return { stored, ...(problem && { problem }) };
    }
    const failed = event.lambdaFunctionFailedEventDetails ?? event.lambdaFunctionTimedOutEventDetails;
    if (failed !== undefined) problem ??= inWords(failed);
  }
  return problem === undefined ? {} : { problem };
}

/** The cause of an error that the function threw is the JSON that Lambda makes of it. */
function inWords({ error = 'it ended', cause = '' }: Failed): string {
  try {
    const { errorMessage } = JSON.parse(cause) as { readonly errorMessage?: string };
    return errorMessage === undefined ? error : `${error}: ${errorMessage}`;
  } catch {
    return [error, cause].filter(Boolean).join(': ');
  }
}
