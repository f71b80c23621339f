import type { OpsCommand } from './parse-command.ts';

/** How a call of a function ended. */
export type Invoked =
  | { readonly kind: 'returned'; readonly answer: unknown }
  /** It threw or timed out. */
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'unknown-function' }
  | { readonly kind: 'unreached'; readonly message: string };

/** Calls a function and waits for its end. */
export type Invoke = (functionName: string, event: object) => Promise<Invoked>;

/** What to print, and whether the command has done its work. */
export interface OpsResult {
  readonly isDone: boolean;
  readonly text: string;
}

/** The answer of the function for one date. */
interface ReportAnswer {
  readonly outcome?: string;
  readonly id?: string;
  readonly problem?: string;
}

/** Makes the report of a date, and says in one sentence what came of it. */
export async function runReport(invoke: Invoke, { date, stage }: OpsCommand): Promise<OpsResult> {
  const functionName = `weir-reports-${stage}-daily`;
  const invoked = await invoke(functionName, { date });
  if (invoked.kind === 'returned') return describe((invoked.answer ?? {}) as ReportAnswer);
  if (invoked.kind === 'failed') {
    return {
      isDone: false,
      text: `${functionName} failed: ${invoked.message}. Read its log: /aws/lambda/${functionName}.`,
    };
  }
  if (invoked.kind === 'unreached') return { isDone: false, text: unreached(stage, invoked.message) };
  const text = `There is no function ${functionName} in this account and region: is the stage deployed there?`;
  return { isDone: false, text };
}

function unreached(stage: string, message: string): string {
  if (stage !== 'local') return `AWS cannot be reached: ${message}.`;
  return 'Weir is not running: run npm start in another terminal, wait until it is ready, then run this again.';
}

function describe({ outcome, id, problem }: ReportAnswer): OpsResult {
  const read = `Read it by GET /v1/reports/${id}.`;
  switch (outcome) {
    case 'made':
      return { isDone: true, text: `The report ${id} is made. ${read}` };
    case 'revised':
      return { isDone: true, text: `The figures have changed: ${id} has a new revision. ${read}` };
    case 'unchanged':
      return { isDone: true, text: `The report ${id} is there, and its figures have not changed. ${read}` };
    case 'under-way':
      return { isDone: false, text: `Another run is at work on ${id}. If it has died, run this again in 16 minutes.` };
    case 'refused':
      return { isDone: false, text: problem ?? 'The date is refused.' };
    default:
      return { isDone: false, text: `The function gave an answer that this program does not know: ${outcome}.` };
  }
}
