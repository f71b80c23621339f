import { REPORT_KINDS, type ReportKind, type ReportsStore } from '@weir/dynamodb/reports';
import { type BudgetDeps, orUnavailable } from '../http/answers/or-unavailable.ts';
import { badParameters, type Problem, problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import type { Cursors } from '../http/requests/cursor.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../http/requests/page-query.ts';
import { readQuery } from '../http/requests/read-query.ts';
import type { RouteInput } from '../http/route.ts';
import { presentReport, presentWithLinks } from './present-report.ts';
import type { ReportLinks } from './report-links.ts';

/** The number of reports on a page, if the request names none. */
export const DEFAULT_REPORTS_PAGE = 50;

/** Dependencies of the reports' routes. */
export interface ReportsDeps extends BudgetDeps {
  readonly store: Pick<ReportsStore, 'find' | 'list'>;
  readonly links: ReportLinks;
  readonly cursors: Cursors;
  readonly now: () => number;
}

/** The form of the ids that Weir makes. An id of another form belongs to no report. */
const ID = /^[a-z]+-[\w-]{1,64}$/;

type Answer = (input: RouteInput) => Promise<ApiResponse | Problem>;

/** Answers `GET /v1/reports`, the newest report first. A report shows all actions: a key with prefixes sees none. */
export function createListReports(deps: ReportsDeps): Answer {
  return async ({ request, principal }) => {
    const { values, faults } = readQuery(request.query, ['kind', 'limit', 'cursor']);
    const kind = REPORT_KINDS.find((known) => known === (values.kind ?? 'daily'));
    if (kind === undefined) {
      return badParameters([...faults, { parameter: 'kind', detail: `must be one of ${REPORT_KINDS.join(', ')}` }]);
    }
    const listing = `reports of ${kind}`;
    const paging = { listing, defaultLimit: DEFAULT_REPORTS_PAGE, maxLimit: MAX_PAGE, cursors: deps.cursors };
    const page = await orUnavailable(deps, 'the list', readPageQuery({ values, faults }, paging));
    if (page.kind === 'problem') return page;
    if (page.value.kind === 'problem') return page.value;
    if (principal.actionPrefixes !== undefined) return json(200, { items: [] });
    const answer = await orUnavailable(deps, 'the list', readPage(deps, { kind, listing, page: page.value }));
    return answer.kind === 'problem' ? answer : json(200, answer.value);
  };
}

interface ReportsQuery {
  readonly kind: ReportKind;
  readonly listing: string;
  readonly page: PageQuery;
}

async function readPage(deps: ReportsDeps, { kind, listing, page: { after, limit } }: ReportsQuery): Promise<object> {
  const { reports, next } = await deps.store.list(kind, { after, limit });
  // The first revision of a report may not be finished yet.
  const items = reports.filter(({ finished }) => finished > 0).map(presentReport);
  return next === undefined ? { items } : { items, cursor: await deps.cursors.seal(listing, next) };
}

/** Answers `GET /v1/reports/{id}`, with links that are signed now. */
export function createAnswerReport(deps: ReportsDeps): Answer {
  return async ({ params: { id = '' }, principal }) => {
    const answer = await orUnavailable(deps, 'the report', readReport(deps, id));
    if (answer.kind === 'problem') return answer;
    const { value } = answer;
    if (value === undefined || principal.actionPrefixes !== undefined) {
      return problem('resource-not-found', 'there is no such report, or the key may not see it');
    }
    return json(200, value);
  };
}

async function readReport({ store, links, now }: ReportsDeps, id: string): Promise<object | undefined> {
  const found = ID.test(id) ? await store.find(id) : undefined;
  return found && found.finished > 0 ? presentWithLinks(found, { links, now: now() }) : undefined;
}
