import { type DateRange, daysOf, problemOf } from '../days/audited-days.ts';
import type { StartAuditsDeps } from './start-due-audits.ts';

/** The answer to an operator who starts an audit. `npm run ops -- audit` reads it. */
export type StartAnswer =
  | { readonly outcome: 'started'; readonly execution: string }
  | { readonly outcome: 'refused'; readonly problem: string };

/** What an audit of a day found. */
export interface AuditedDay {
  readonly date: string;
  readonly status: 'clean' | 'drift' | 'missing';
  /** Buckets that differ, and objects that are missing or damaged. */
  readonly drift: number;
}

/** The answer to an operator who asks how an audit goes. */
export type StateAnswer =
  /** `problem`: why its newest attempt failed, if that is tried again. */
  | { readonly outcome: 'running'; readonly stored: number; readonly days: number; readonly problem?: string }
  | { readonly outcome: 'unknown' }
  | { readonly outcome: 'failed'; readonly problem: string }
  | { readonly outcome: 'done'; readonly days: readonly AuditedDay[] };

/** Starts an audit of a range of days. */
export async function startByHand(deps: StartAuditsDeps, range: DateRange): Promise<StartAnswer> {
  const { machine, calendarOf, timeZone, now, newId } = deps;
  const problem = problemOf(calendarOf(timeZone), range, now());
  if (problem !== undefined) return { outcome: 'refused', problem };
  const { from, to } = range;
  const execution = `hand-${from}-${to}-${newId()}`;
  await machine.start({ execution, from, to, timeZone });
  return { outcome: 'started', execution };
}

/** How an audit goes, or what it found. */
export async function stateOf(
  { machine, audits, calendarOf }: Pick<StartAuditsDeps, 'machine' | 'audits' | 'calendarOf'>,
  execution: string,
): Promise<StateAnswer> {
  const found = await machine.find(execution);
  if (!found) return { outcome: 'unknown' };
  const { status, input, stored = 0, problem } = found;
  if (status === 'failed') return { outcome: 'failed', problem: problem ?? 'it was stopped' };
  const audited = daysOf(calendarOf(input.timeZone), input);
  if (status === 'running') return { outcome: 'running', stored, days: audited.length, ...(problem && { problem }) };
  const days: AuditedDay[] = [];
  for (const { date } of audited) {
    const audit = await audits.find(date);
    days.push({ date, status: audit?.status ?? 'missing', drift: audit?.drift ?? 0 });
  }
  return { outcome: 'done', days };
}
