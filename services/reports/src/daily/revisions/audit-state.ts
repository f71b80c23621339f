import type { AuditsStore } from '@weir/dynamodb/audits';
import type { AuditState } from '../daily-report.ts';

/** Buckets that a report shows. The audit has the others. */
const MOST_BUCKETS = 20;

export const PENDING_AUDIT: AuditState = {
  status: 'pending',
  differences: 0,
  missingObjects: 0,
  buckets: [],
  path: null,
};

/** What the audit of a day has found by now. An audit in another time zone is of another day. */
export async function findAudit(
  audits: Pick<AuditsStore, 'find'>,
  { date, timeZone }: { readonly date: string; readonly timeZone: string },
): Promise<AuditState> {
  const audit = await audits.find(date);
  if (audit?.timeZone !== timeZone) return PENDING_AUDIT;
  return {
    status: audit.status,
    differences: audit.drift,
    missingObjects: audit.missingObjects.length,
    buckets: audit.buckets.slice(0, MOST_BUCKETS).map(({ action, unit, start, field, stored, archived }) => {
      return { action, unit, start: new Date(start).toISOString(), field, stored, archived };
    }),
    path: `/v1/audits/${date}`,
  };
}
