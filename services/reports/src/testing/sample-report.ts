import type { ActionFacts, Comparison, DailyReport } from '../daily/daily-report.ts';
import { PENDING_AUDIT } from '../daily/revisions/audit-state.ts';

const HOUR_MS = 3_600_000;
const ACTIONS = [
  'page.view',
  'search',
  'product.view',
  'cart.add',
  'checkout.started',
  'checkout.completed',
  'signup',
  'login',
  'login.failed',
  'newsletter.subscribed',
  'support.ticket:opened',
  'refund',
  'invite-sent',
  'password_reset',
];

/** A report of an ordinary day. `actionCount` may be more than there are names. */
export function sampleReport(changes: Partial<DailyReport> = {}, actionCount = ACTIONS.length): DailyReport {
  const actions = Array.from({ length: actionCount }, (_, at) => sampleAction(ACTIONS[at] ?? `action-${at}`, at));
  const count = actions.reduce((sum, action) => sum + action.count, 0);
  const from = Date.parse('2026-11-29T05:00:00.000Z');
  return {
    version: 1,
    kind: 'daily',
    id: 'daily-2026-11-29',
    revision: 1,
    timeZone: 'America/New_York',
    tzdata: '2026b',
    from: new Date(from).toISOString(),
    to: new Date(from + 24 * HOUR_MS).toISOString(),
    asOf: '2026-11-30T07:10:02.345Z',
    facts: {
      total: { count, users: 41_223 },
      actions,
      hours: sampleHours(from, 24, count),
      quarantine: [
        { reason: 'not-json', count: 1_204 },
        { reason: 'bad-timestamp', count: 87 },
        { reason: 'too-large', count: 3 },
      ],
    },
    comparisons: {
      previousDay: sampleComparison(actions, (at) => 0.93 + (at % 5) * 0.05),
      meanOfSeven: sampleComparison(actions, (at) => (at === 5 ? 1.63 : 0.9 + (at % 4) * 0.06)),
      lastSeven: [0.82, 0.97, 1.02, 0.99, 1.06, 0.88, 0.93].map((part, at) => ({
        date: `2026-11-${22 + at}`,
        count: Math.round(count * part),
        users: Math.round(41_223 * (0.9 + part / 10)),
      })),
    },
    topUsers: {
      users: Array.from({ length: 10 }, (_, at) => ({ userId: `user-${1042 + 37 * at}`, count: 812 - 61 * at })),
      erasedEvents: 12,
    },
    audit: PENDING_AUDIT,
    changes: [],
    revised: [{ id: 'daily-2026-11-27', revision: 2, changes: 4 }],
    ...changes,
  };
}

/** A report of a day on which nothing happened, of a stage without earlier data. */
export function emptyReport(): DailyReport {
  const report = sampleReport();
  const none: Comparison = { total: null, actions: [] };
  return {
    ...report,
    asOf: null,
    facts: {
      total: { count: 0, users: 0 },
      actions: [],
      hours: report.facts.hours.map(({ start }) => ({ start, count: 0 })),
      quarantine: [],
    },
    comparisons: {
      previousDay: none,
      meanOfSeven: none,
      lastSeven: report.comparisons.lastSeven.map(({ date }) => ({ date, count: null, users: null })),
    },
    topUsers: { users: [], erasedEvents: 0 },
    revised: [],
  };
}

/** The hours of a day, as most stages have them: few at night, many in the afternoon. */
export function sampleHours(from: number, hours: number, count: number): { start: string; count: number }[] {
  return Array.from({ length: hours }, (_, at) => ({
    start: new Date(from + at * HOUR_MS).toISOString(),
    count: Math.round((count / hours) * (1 + 0.8 * Math.sin(((at - 9) / 24) * 2 * Math.PI))),
  }));
}

function sampleAction(action: string, at: number): ActionFacts {
  const count = Math.round(480_000 / (at + 1) ** 1.4);
  const mean = 19.9 + at;
  return {
    action,
    count,
    sum: Math.round(count * mean * 100) / 100,
    min: at % 3 === 0 ? -4.5 : 0,
    max: mean * 40.123,
    mean,
    users: Math.min(count, Math.round(41_223 / (at + 1))),
    p50: mean * 0.8,
    p95: mean * 4.2,
    p99: mean * 11,
  };
}

function sampleComparison(actions: readonly ActionFacts[], partOf: (at: number) => number): Comparison {
  const compared = actions.flatMap(({ action, count, users }, at) =>
    at === 11 ? [] : { action, count: count * partOf(at), users: users === null ? null : users * partOf(at) },
  );
  const gone = { action: 'coupon.used', count: 12.5, users: 9 };
  const total = compared.reduce((sum, { count }) => sum + count, 0);
  return {
    total: { count: total, users: 39_900 },
    actions: [...compared, gone].sort((one, other) => (one.action < other.action ? -1 : 1)),
  };
}
