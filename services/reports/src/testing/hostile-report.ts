import type { DailyReport } from '../daily/daily-report.ts';
import { sampleReport } from './sample-report.ts';

/** What a user may write to do harm: to a browser, a spreadsheet, a mail, a template, or an eye. */
export const HOSTILE_TEXTS: readonly string[] = [
  '</script><img src=x onerror=alert(1)>',
  '</style></title><script>alert(2)</script>',
  '"><svg onload=alert(3)>',
  '=HYPERLINK("http://example.com/?"&A1,"click")',
  '+1+cmd|/c calc',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  'a\r\nBcc: everybody@example.com\r\n\r\n<b>body</b>',
  '{{rows}}{{title}}%%end%%',
  ']]><!--[if mso]><script>alert(4)</script><![endif]-->',
  'x\u202egnp.exe\u0000\ud800',
  '中文 😀 العربية',
  'W'.repeat(128),
  'javascript:alert(5)',
];

/** A report with the worst of names, reasons and numbers. */
export function hostileReport(): DailyReport {
  const report = sampleReport({}, HOSTILE_TEXTS.length);
  const figures = [1e21, -1e21, 1e-9, 123_456_789_012.345, 0, 0.1 + 0.2];
  const actions = report.facts.actions.map((action, at) => ({
    ...action,
    action: HOSTILE_TEXTS[at] ?? '',
    sum: figures[at % figures.length] ?? 0,
    min: figures[(at + 1) % figures.length] ?? 0,
    users: null,
    p50: null,
    p95: null,
    p99: null,
  }));
  const compared = actions.map(({ action, count }) => ({ action, count: count * 40, users: null }));
  return {
    ...report,
    revision: 2,
    facts: {
      ...report.facts,
      total: { ...report.facts.total, users: null },
      actions,
      quarantine: HOSTILE_TEXTS.map((reason, at) => ({ reason, count: 1000 - at })),
    },
    topUsers: {
      users: [...HOSTILE_TEXTS.slice(0, 4), ...HOSTILE_TEXTS.slice(9, 14), 'W'.repeat(256)].map((userId, at) => {
        return { userId, count: 1000 - at };
      }),
      erasedEvents: 3,
    },
    comparisons: { ...report.comparisons, meanOfSeven: { total: { count: 1, users: null }, actions: compared } },
    audit: {
      status: 'drift',
      differences: 137,
      missingObjects: 2,
      buckets: HOSTILE_TEXTS.map((action, at) => ({
        ...{ action, unit: 'minute', start: '2026-11-29T10:00:00.000Z', field: 'sum' },
        stored: `${action}${at}`,
        archived: '-1234567890.123456789',
      })),
      path: '/v1/audits/2026-11-29',
    },
    changes: HOSTILE_TEXTS.map((text, at) => ({
      pointer: `/actions/${at}/${text}`,
      before: text,
      after: { [text]: at },
    })),
  };
}
