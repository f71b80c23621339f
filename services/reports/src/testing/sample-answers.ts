import type { AskedQuestion, JobAnswer } from '../kinds/job-answer.ts';
import type { FunnelResult, RetentionResult, SummaryDay, SummaryFigures, SummaryResult } from '../kinds/results.ts';

const DAY_MS = 86_400_000;
const FROM = Date.UTC(2026, 0, 1);

export function sampleQuestion(days: number, actions?: readonly string[]): AskedQuestion {
  return { from: FROM, to: FROM + days * DAY_MS, timeZone: 'UTC', actions };
}

/** A summary of so many days, in which each of the actions was counted on each day. */
export function sampleSummary(days: number, names: readonly string[]): JobAnswer<SummaryResult> {
  const dates = Array.from({ length: days }, (_, at) => new Date(FROM + at * DAY_MS).toISOString().slice(0, 10));
  const countOf = (day: number) => Math.round(1000 * (1 + 0.4 * Math.sin(day / 9) + day / 400));
  const figures = (count: number, scale: number): SummaryFigures => ({
    count,
    sum: count * scale,
    min: -4.5,
    max: scale * 40.123,
    mean: scale,
    users: Math.ceil(count / 3),
    p50: scale * 0.8,
    p95: scale * 4.2,
    p99: scale * 11,
  });
  const part = (at: number) => 1 / (at + 1);
  const total = dates.reduce((sum, _, day) => sum + countOf(day), 0);
  const actions = names.map((action, at) => ({ action, ...figures(Math.ceil(total * part(at)), 19.9 + at) }));
  const rowsOf = (date: string, day: number): SummaryDay[] =>
    names.map((action, at) => ({ date, action, ...figures(Math.ceil(countOf(day) * part(at)), 19.9 + at) }));
  return {
    question: sampleQuestion(days),
    result: {
      kind: 'summary',
      total: { count: actions.reduce((sum, { count }) => sum + count, 0), users: 41_223 },
      actions,
      dates: dates.map((date, day) => ({ date, count: rowsOf(date, day).reduce((sum, { count }) => sum + count, 0) })),
      days: async function* () {
        for (const [day, date] of dates.entries()) yield rowsOf(date, day);
      },
      asOf: FROM + days * DAY_MS + 12_345,
    },
  };
}

/** A retention of so many weeks, each of which has new users. */
export function sampleRetention(weeks: number, actions?: readonly string[]): JobAnswer<RetentionResult> {
  const cohorts = Array.from({ length: weeks }, (_, at) => {
    const size = 900 + ((at * 137) % 400);
    const active = Array.from({ length: weeks - at }, (__, week) =>
      week === 0 ? size : Math.round((size * 0.42) / week ** 0.6),
    );
    return { week: `${2026 + Math.floor(at / 52)}-W${String((at % 52) + 1).padStart(2, '0')}`, size, active };
  });
  return { question: sampleQuestion(weeks * 7, actions), result: { kind: 'retention', cohorts, erasedEvents: 17 } };
}

export function sampleFunnel(steps: readonly string[]): JobAnswer<FunnelResult> {
  const result = {
    kind: 'funnel',
    steps: steps.map((action, at) => ({ action, users: Math.round(20_000 * 0.61 ** at) })),
    windowSeconds: 7 * 86_400,
    erasedEvents: 1,
  } as const;
  return { question: sampleQuestion(90), result };
}

/** What a range without events gives. */
export function emptyAnswers(): JobAnswer[] {
  const question = sampleQuestion(7);
  const steps = ['cart.add', 'checkout'].map((action) => ({ action, users: 0 }));
  const { result } = sampleSummary(7, []);
  const dates = result.dates.map(({ date }) => ({ date, count: 0 }));
  return [
    { question, result: { ...result, total: { count: 0, users: 0 }, dates, asOf: null } },
    { question, result: { kind: 'retention', cohorts: [], erasedEvents: 0 } },
    { question, result: { kind: 'funnel', steps, windowSeconds: 5400, erasedEvents: 0 } },
  ];
}
