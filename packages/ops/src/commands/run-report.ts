import { callFunction } from './call-function.ts';
import type { Invoke } from './invoke.ts';

/** What to print, and whether the command has done its work. */
export interface OpsResult {
  readonly isDone: boolean;
  readonly text: string;
}

export interface ReportCommand {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly stage: string;
}

/** The answer of the function for one date. */
interface ReportAnswer {
  readonly outcome?: string;
  readonly id?: string;
  readonly problem?: string;
}

/** Makes the report of a date, and says in one sentence what came of it. */
export async function runReport(invoke: Invoke, { date, stage }: ReportCommand): Promise<OpsResult> {
  try {
    return describe(((await callFunction(invoke, { stage, name: 'daily', event: { date } })) ?? {}) as ReportAnswer);
  } catch (error) {
    return { isDone: false, text: error instanceof Error ? error.message : String(error) };
  }
}

function describe({ outcome, id, problem }: ReportAnswer): OpsResult {
  const read = `Read it by GET /v1/reports/${id}.`;
  switch (outcome) {
    case 'made':
      return {
        isDone: true,
        text: `The report ${id} is made. Its top users come as a revision if they are still being counted. ${read}`,
      };
    case 'revised':
      return {
        isDone: true,
        text: `${id} has a new revision: its figures have changed, or its top users are known now. ${read}`,
      };
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
