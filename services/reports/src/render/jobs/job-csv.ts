import type { JobAnswer } from '../../kinds/job-answer.ts';
import type { FunnelResult, RetentionResult, SummaryDay, SummaryResult } from '../../kinds/results.ts';
import { csvLine } from '../csv-line.ts';

const SUMMARY = ['date', 'action', 'count', 'sum', 'min', 'max', 'mean', 'users', 'p50', 'p95', 'p99'] as const;

/** `report.csv` after RFC 4180, in pieces. */
export function jobCsv({ result }: JobAnswer): AsyncIterable<string> | Iterable<string> {
  if (result.kind === 'summary') return summaryCsv(result);
  return result.kind === 'retention' ? retentionCsv(result) : funnelCsv(result);
}

async function* summaryCsv({ days }: SummaryResult): AsyncGenerator<string> {
  yield csvLine(SUMMARY);
  const rowOf = (day: SummaryDay) => csvLine(SUMMARY.map((name) => day[name]));
  for await (const rows of days()) yield rows.map(rowOf).join('');
}

/** `week` counts from the cohort's own, which is 0. */
function* retentionCsv({ cohorts }: RetentionResult): Generator<string> {
  yield csvLine(['cohort', 'week', 'users']);
  for (const { week: cohort, active } of cohorts) {
    yield active.map((users, week) => csvLine([cohort, week, users])).join('');
  }
}

function* funnelCsv({ steps }: FunnelResult): Generator<string> {
  yield csvLine(['step', 'action', 'users']);
  yield* steps.map(({ action, users }, at) => csvLine([at + 1, action, users]));
}
