import { setTimeout as sleep } from 'node:timers/promises';
import { callFunction } from './call-function.ts';
import type { Invoke } from './invoke.ts';
import type { OpsResult } from './run-report.ts';

/** An execution takes minutes at least where there is anything to count. */
const ASK_EVERY_MS = 2_000;

export interface AuditCommand {
  /** The first and the last day: `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly stage: string;
}

interface AuditedDay {
  readonly date: string;
  readonly status: string;
  readonly drift: number;
}

/** The answers of the function audit. */
interface AuditAnswer {
  readonly outcome?: string;
  readonly execution?: string;
  readonly problem?: string;
  readonly days?: readonly AuditedDay[];
}

export interface AuditTools {
  readonly invoke: Invoke;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Audits a range of days, waits for its end, and says in one sentence for each day what came of it. */
export async function runAudit({ invoke, wait = sleep }: AuditTools, command: AuditCommand): Promise<OpsResult> {
  const { from, to, stage } = command;
  const call = async (event: object) =>
    ((await callFunction(invoke, { stage, name: 'audit', event })) ?? {}) as AuditAnswer;
  try {
    const { outcome, execution = '', problem } = await call({ task: 'start', from, to });
    if (outcome !== 'started') return { isDone: false, text: problem ?? unknownAnswer(outcome) };
    for (;;) {
      const state = await call({ task: 'state', execution });
      if (state.outcome !== 'running') return describe(state, execution);
      await wait(ASK_EVERY_MS);
    }
  } catch (error) {
    return { isDone: false, text: error instanceof Error ? error.message : String(error) };
  }
}

function describe({ outcome, problem, days = [] }: AuditAnswer, execution: string): OpsResult {
  switch (outcome) {
    case 'done':
      return { isDone: true, text: days.map(describeDay).join('\n') };
    case 'failed':
      return { isDone: false, text: `The execution ${execution} failed: ${problem}. Its history has each attempt.` };
    case 'unknown':
      return { isDone: false, text: `The execution ${execution} is not known any more: run this again.` };
    default:
      return { isDone: false, text: unknownAnswer(outcome) };
  }
}

function describeDay({ date, status, drift }: AuditedDay): string {
  if (status === 'clean') return `${date} is clean: rows and archive agree.`;
  if (status !== 'drift') return `${date} has no audit.`;
  return `${date} has drift: ${drift} buckets and objects. Read GET /v1/audits/${date}, and docs/audit.md.`;
}

function unknownAnswer(outcome: string | undefined): string {
  return `The function gave an answer that this program does not know: ${outcome}.`;
}
