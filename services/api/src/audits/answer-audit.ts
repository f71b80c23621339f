import { type AuditsStore, type BucketDifference, countBuckets, type StoredAudit } from '@weir/dynamodb/audits';
import { type BudgetDeps, orUnavailable } from '../http/answers/or-unavailable.ts';
import { badParameter, type Problem, problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import type { RouteInput } from '../http/route.ts';
import { linksEnd, type ReportLinks } from '../reports/links/report-links.ts';
import { formatTime } from '../times/parse-time.ts';

/** Dependencies of the audits' route. */
export interface AuditsDeps extends BudgetDeps {
  readonly audits: Pick<AuditsStore, 'find'>;
  readonly links: Pick<ReportLinks, 'signAudit'>;
  readonly now: () => number;
}

/** Answers `GET /v1/audits/{date}`. An audit shows all actions: a key with prefixes sees none. */
export function createAnswerAudit(deps: AuditsDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async ({ params: { date = '' }, principal }) => {
    if (!isDate(date)) return badParameter('date', 'must be a date, such as 2025-11-24');
    const work = principal.actionPrefixes === undefined ? readAudit(deps, date) : Promise.resolve(undefined);
    const found = await orUnavailable(deps, 'the audit', work);
    if (found.kind === 'problem') return found;
    return found.value === undefined ? NO_SUCH_AUDIT : json(200, found.value);
  };
}

const NO_SUCH_AUDIT = problem(
  'resource-not-found',
  'there is no audit of this day, or the key may not see it: a day is audited in the night after it; the operators can audit an older one',
);

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(`${text}T00:00:00Z`);
  // Date.parse takes 31 April for 1 May.
  return Number.isFinite(at) && new Date(at).toISOString().startsWith(text);
}

async function readAudit({ audits, links, now }: AuditsDeps, date: string): Promise<object | undefined> {
  const audit = await audits.find(date);
  if (!audit) return undefined;
  return { ...presentAudit(audit), links: { json: await links.signAudit(audit), expiresAt: linksEnd(now()) } };
}

function presentAudit(audit: StoredAudit) {
  const { date, timeZone, from, to, asOf, heads, status, drift, missingObjects, buckets, auditedAt } = audit;
  return {
    ...{ date, timeZone, from: formatTime(from), to: formatTime(to) },
    ...{ asOf: asOf === undefined ? null : formatTime(asOf), auditedAt: formatTime(auditedAt) },
    ...{ status, drift, buckets: buckets.map(presentBucket), missingObjects },
    isComplete: countBuckets(buckets) + missingObjects.length >= drift,
    heads: Object.entries(heads).map(([logId, { number, position }]) => ({
      logId,
      number,
      position: position ?? null,
    })),
  };
}

function presentBucket({ start, ...bucket }: BucketDifference) {
  return { ...bucket, start: formatTime(start) };
}
