import { REPORT_KINDS, type ReportsStore } from '@weir/dynamodb/reports';
import { loadLate } from '@weir/late-loading';
import { orUnavailable } from '../http/answers/or-unavailable.ts';
import { badParameters, type Problem, problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import type { Principal } from '../http/callers/principal.ts';
import type { Cursors } from '../http/requests/cursor.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../http/requests/page-query.ts';
import { readQuery } from '../http/requests/read-query.ts';
import type { RouteInput } from '../http/route.ts';
import { cancelJob } from './jobs/cancel-job.ts';
import { findJob } from './jobs/find-job.ts';
import type { JobsDeps } from './jobs/jobs-deps.ts';
import { ASKED_KINDS } from './jobs/limits.ts';
import { presentJob } from './jobs/present-job.ts';
import { type ReportLinks, signLinks } from './links/report-links.ts';
import { presentReport } from './present-report.ts';

/** The number of reports on a page, if the request names none. */
export const DEFAULT_REPORTS_PAGE = 50;

/** The kinds of reports: those of each day, and the jobs that callers ask for. */
export const LISTED_KINDS = [...REPORT_KINDS, ...ASKED_KINDS] as const;

type ListedKind = (typeof LISTED_KINDS)[number];

/** Dependencies of the reports' routes. */
export interface ReportsDeps extends JobsDeps {
  readonly store: Pick<ReportsStore, 'find' | 'list'>;
  readonly links: ReportLinks;
  readonly cursors: Cursors;
}

/** The form of the ids that Weir makes. An id of another form belongs to no report. */
const ID = /^[a-z]+-[\w-]{1,64}$/;

const NO_SUCH_REPORT = problem('resource-not-found', 'there is no such report, or the key may not see it');

/** Without a kind it would get the daily reports, of which it sees none: an empty list, though it has jobs. */
const MISSING_KIND = `is missing: a key with action prefixes sees no daily reports; name one of ${ASKED_KINDS.join(', ')}`;

type Answer = (input: RouteInput) => Promise<ApiResponse | Problem>;

// Only a new question needs the checks of bodies and the calendars of time zones.
const loadAnswerNewJob = loadLate(() => import('./jobs/answer-new-job.ts'));

/** Answers `POST /v1/reports`. */
export function createAnswerNewReport(deps: ReportsDeps): Answer {
  return async (input) => (await loadAnswerNewJob()).answerNewJob(deps, input);
}

/** Answers `GET /v1/reports`, the newest report first. */
export function createListReports(deps: ReportsDeps): Answer {
  return async ({ request, principal }) => {
    const { values, faults } = readQuery(request.query, ['kind', 'limit', 'cursor']);
    if (values.kind === undefined && principal.actionPrefixes !== undefined) {
      return badParameters([...faults, { parameter: 'kind', detail: MISSING_KIND }]);
    }
    const kind = LISTED_KINDS.find((known) => known === (values.kind ?? 'daily'));
    if (kind === undefined) {
      return badParameters([...faults, { parameter: 'kind', detail: `must be one of ${LISTED_KINDS.join(', ')}` }]);
    }
    const listing = `reports of ${kind}`;
    const paging = { listing, defaultLimit: DEFAULT_REPORTS_PAGE, maxLimit: MAX_PAGE, cursors: deps.cursors };
    const page = await orUnavailable(deps, 'the list', readPageQuery({ values, faults }, paging));
    if (page.kind === 'problem') return page;
    if (page.value.kind === 'problem') return page.value;
    const query = { kind, listing, page: page.value, principal };
    const answer = await orUnavailable(deps, 'the list', readPage(deps, query));
    return answer.kind === 'problem' ? answer : json(200, answer.value);
  };
}

interface ReportsQuery {
  readonly kind: ListedKind;
  readonly listing: string;
  readonly page: PageQuery;
  readonly principal: Principal;
}

async function readPage(deps: ReportsDeps, query: ReportsQuery): Promise<object> {
  const { items, next } = await listItems(deps, query);
  return next === undefined ? { items } : { items, cursor: await deps.cursors.seal(query.listing, next) };
}

/** A daily report shows all actions: a key with prefixes sees none. Of the others it sees its own. */
async function listItems(
  { store, jobs }: ReportsDeps,
  { kind, page: { after, limit }, principal: { keyId, actionPrefixes } }: ReportsQuery,
): Promise<{ items: readonly object[]; next: string | undefined }> {
  if (kind !== 'daily') {
    const own = actionPrefixes === undefined ? undefined : keyId;
    const page = await jobs.list(kind, { after, limit, keyId: own });
    return { items: page.jobs.map(presentJob), next: page.next };
  }
  if (actionPrefixes !== undefined) return { items: [], next: undefined };
  const { reports, next } = await store.list(kind, { after, limit });
  // The first revision of a report may not be finished yet.
  return { items: reports.filter(({ finished }) => finished > 0).map(presentReport), next };
}

/** Answers `GET /v1/reports/{id}`, with links that are signed now. */
export function createAnswerReport(deps: ReportsDeps): Answer {
  return async ({ params: { id = '' }, principal }) => {
    const answer = await orUnavailable(deps, 'the report', readReport(deps, id, principal));
    if (answer.kind === 'problem') return answer;
    return answer.value === undefined ? NO_SUCH_REPORT : json(200, answer.value);
  };
}

async function readReport(deps: ReportsDeps, id: string, principal: Principal): Promise<object | undefined> {
  const { links, now } = deps;
  const job = ID.test(id) ? await findJob(deps, id, principal) : undefined;
  if (job?.status === 'done') {
    return { ...presentJob(job), links: await signLinks((file) => links.signJob(job, file), now()) };
  }
  if (job) return presentJob(job);
  const found = await findDaily(deps, id, principal);
  if (!found) return undefined;
  const sign = signLinks((file) => links.sign(found, found.finished, file), now());
  return { ...presentReport(found), links: await sign };
}

async function findDaily({ store }: ReportsDeps, id: string, { actionPrefixes }: Principal) {
  const found = ID.test(id) && actionPrefixes === undefined ? await store.find(id) : undefined;
  return found && found.finished > 0 ? found : undefined;
}

/** Answers `DELETE /v1/reports/{id}`: only jobs can be cancelled. */
export function createCancelReport(deps: ReportsDeps): Answer {
  return async ({ params: { id = '' }, principal }) => {
    const cancelled = ID.test(id) ? await cancelJob(deps, id, principal) : 'unknown';
    if (cancelled !== 'unknown') return cancelled;
    const daily = await orUnavailable(deps, 'the report', findDaily(deps, id, principal));
    if (daily.kind === 'problem') return daily;
    return daily.value ? problem('conflict', 'a daily report cannot be cancelled') : NO_SUCH_REPORT;
  };
}
