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

/** Where nothing changes, it says so this often. */
const TELL_EVERY_MS = 30_000;

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
  /** While it runs, how many days are audited and how many audits are stored. */
  readonly days?: readonly AuditedDay[] | number;
  readonly stored?: number;
}

export interface AuditTools {
  readonly invoke: Invoke;
  /** Takes a sentence about an audit that runs. */
  readonly tell: (sentence: string) => void;
  readonly wait?: (ms: number) => Promise<unknown>;
}

/** Audits a range of days, waits for its end, and says in one sentence for each day what came of it. */
export async function runAudit({ invoke, tell, wait = sleep }: AuditTools, command: AuditCommand): Promise<OpsResult> {
  const { from, to, stage } = command;
  const call = async (event: object) =>
    ((await callFunction(invoke, { stage, name: 'audit', event })) ?? {}) as AuditAnswer;
  try {
    const { outcome, execution = '', problem } = await call({ task: 'start', from, to });
    if (outcome !== 'started') return { isDone: false, text: problem ?? unknownAnswer(outcome) };
    let told = { sentence: '', atMs: 0 };
    for (let passedMs = 0; ; passedMs += ASK_EVERY_MS) {
      const state = await call({ task: 'state', execution });
      if (state.outcome !== 'running') return describe(state, execution);
      const sentence = describeRunning(state, stage);
      const isNew = sentence !== told.sentence;
      if (isNew || passedMs - told.atMs >= TELL_EVERY_MS) {
        tell(isNew ? sentence : `Still at work after ${passedMs / 1000} s. ${sentence}`);
        told = { sentence, atMs: passedMs };
      }
      await wait(ASK_EVERY_MS);
    }
  } catch (error) {
    return { isDone: false, text: error instanceof Error ? error.message : String(error) };
  }
}

function describeRunning({ stored = 0, days = 0, problem }: AuditAnswer, stage: string): string {
  const progress = `${stored} of ${days === 1 ? '1 day is' : `${days} days are`} audited.`;
  if (problem === undefined) return progress;
  return `${progress} The newest attempt failed, and is made again: ${problem}. ${whereToRead(stage)}`;
}

function whereToRead(stage: string): string {
  const log = stage === 'local' ? 'the file .weir/logs/reports.log' : `/aws/lambda/weir-reports-${stage}-audit`;
  return `Read its log: ${log}, and docs/audit.md.`;
}

function describe({ outcome, problem, days }: AuditAnswer, execution: string): OpsResult {
  switch (outcome) {
    case 'done':
      return { isDone: true, text: Array.isArray(days) ? days.map(describeDay).join('\n') : unknownAnswer('done') };
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
