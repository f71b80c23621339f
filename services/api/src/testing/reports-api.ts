import type { StoredAudit } from '@weir/dynamodb/audits';
import { MemoryAuditsStore } from '@weir/dynamodb/audits/memory';
import { MemoryJobsStore } from '@weir/dynamodb/jobs/memory';
import type { StoredReport } from '@weir/dynamodb/reports';
import { MemoryReportsStore } from '@weir/dynamodb/reports/memory';
import { silentLog } from '@weir/logging';
import type { AuditsDeps } from '../audits/answer-audit.ts';
import { createCursors } from '../http/requests/cursor.ts';
import type { ReportsDeps } from '../reports/answer-reports.ts';
import { NOW } from './users-api.ts';

const DAY_MS = 86_400_000;

/** Reports, jobs and audits on stores in memory. */
export interface MemoryReportsDeps extends ReportsDeps, AuditsDeps {
  readonly links: ReportsDeps['links'];
  readonly store: MemoryReportsStore;
  readonly jobs: MemoryJobsStore;
  readonly audits: MemoryAuditsStore;
}

/** Links name the file that they lead to. Each id of a job is greater than the one before. */
export function createReportsDeps(): MemoryReportsDeps {
  let made = 0;
  return {
    ...{ store: new MemoryReportsStore(), jobs: new MemoryJobsStore(), audits: new MemoryAuditsStore() },
    ...{ now: () => NOW, budgetMs: 1_000, log: silentLog },
    links: {
      sign: async ({ id }, revision, file) => `https://files.example/${id}/r${revision}/${file}`,
      signJob: async ({ id, cut }, file) => `https://files.example/${id}/${cut}/${file}`,
      signAudit: async ({ file }) => `https://files.example/${file}`,
    },
    random: () => Uint8Array.of(0, 0, 0, 0, 0, 0, 0, 0, ++made >> 8, made),
    cursors: createCursors({ secret: () => 'a secret' }),
  };
}

/** The daily report of a date in UTC. */
export function dailyReport(date: string, more: Partial<StoredReport> = {}): StoredReport {
  const from = Date.parse(date);
  return {
    ...{ kind: 'daily', id: `daily-${date}`, timeZone: 'UTC', from, to: from + DAY_MS },
    ...{ revision: 1, finished: 1, factsDigest: 'f', draft: 'd', owner: 'o', leaseUntil: 0 },
    ...{ createdAt: from + DAY_MS, claimedAt: from + DAY_MS, revisedAt: from + DAY_MS },
    ...{ laterRevisions: [], holdsUsers: false, ...more },
  };
}

/** The audit of a date in UTC: one bucket differs, and an object is missing. */
export function auditOf(date: string, more: Partial<StoredAudit> = {}): StoredAudit {
  const from = Date.parse(date);
  return {
    ...{ date, timeZone: 'UTC', from, to: from + DAY_MS, asOf: from + 1, auditedAt: from + 2 },
    ...{ status: 'drift', drift: 2, file: `audits/${date}/the-file.json`, missingObjects: ['archive/a.gz'] },
    buckets: [{ action: 'a', unit: 'minute', start: from, field: 'count', stored: '8', archived: '7' }],
    heads: {
      '1.0': { number: 3, position: { sequenceNumber: '49', index: 2 } },
      '1.1': { number: -1, position: undefined },
    },
    ...more,
  };
}
