import { expect } from 'chai';
import { nextFiring } from './schedule-times.ts';

const next = (expression: string, after: string) => {
  const at = nextFiring(expression, Date.parse(after));
  return at === undefined ? undefined : new Date(at).toISOString().slice(0, 16);
};

describe('the next firing', () => {
  for (const [expression, after, expected] of [
    ['rate(1 minute)', '2026-01-01T10:00:30Z', '2026-01-01T10:01'],
    ['rate(5 minutes)', '2026-01-01T10:00:00Z', '2026-01-01T10:05'],
    ['rate(2 hours)', '2026-01-01T10:00:00Z', '2026-01-01T12:00'],
    ['cron(0 2 * * ? *)', '2026-01-01T01:59:00Z', '2026-01-01T02:00'],
    ['cron(0 2 * * ? *)', '2026-01-01T02:00:00Z', '2026-01-02T02:00'],
    ['cron(0/15 * * * ? *)', '2026-01-01T10:16:00Z', '2026-01-01T10:30'],
    ['cron(30 8 ? * MON-FRI *)', '2026-01-02T09:00:00Z', '2026-01-05T08:30'],
    ['cron(0 0 29 2 ? *)', '2026-01-01T00:00:00Z', '2028-02-29T00:00'],
    ['cron(0 10 1,15 * ? 2027)', '2026-06-01T00:00:00Z', '2027-01-01T10:00'],
    ['cron(0 10 1 1 ? 2020)', '2026-01-01T00:00:00Z', undefined],
    ['cron(nonsense)', '2026-01-01T00:00:00Z', undefined],
    ['every minute', '2026-01-01T00:00:00Z', undefined],
  ] as const) {
    it(`of ${expression} after ${after} is ${expected ?? 'never'}`, () => {
      expect(next(expression, after)).to.equal(expected);
    });
  }
});
