import type { StoredReport } from '@weir/dynamodb/reports';
import { MemoryReportsStore } from '@weir/dynamodb/reports/memory';
import { silentLog } from '@weir/logging';
import { createCursors } from '../http/requests/cursor.ts';
import type { ReportsDeps } from '../reports/answer-reports.ts';
import { NOW } from './users-api.ts';

const DAY_MS = 86_400_000;

/** Reports on a store in memory. Links name the file that they lead to. */
export function createReportsDeps(): ReportsDeps & { readonly store: MemoryReportsStore } {
  return {
    ...{ store: new MemoryReportsStore(), now: () => NOW, budgetMs: 1_000, log: silentLog },
    links: { sign: async ({ id }, revision, file) => `https://files.example/${id}/r${revision}/${file}` },
    cursors: createCursors({ secret: () => 'a secret' }),
  };
}

/** The daily report of a date in UTC. */
export function dailyReport(date: string, more: Partial<StoredReport> = {}): StoredReport {
  const from = Date.parse(date);
  return {
    ...{ kind: 'daily', id: `daily-${date}`, timeZone: 'UTC', from, to: from + DAY_MS },
    ...{ revision: 1, finished: 1, factsDigest: 'f', draft: 'd', owner: 'o', leaseUntil: 0 },
    ...{ createdAt: from + DAY_MS, revisedAt: from + DAY_MS, laterRevisions: [], holdsUsers: false, ...more },
  };
}
