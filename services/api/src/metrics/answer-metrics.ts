import type { ActionSummary, MetricsReader } from '@weir/dynamodb';
import { mayUseAction } from '@weir/keys';
import type { Logger } from '@weir/logging';
import { orUnavailable } from '../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import type { Cursors } from '../http/requests/cursor.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../http/requests/page-query.ts';
import { readQuery } from '../http/requests/read-query.ts';
import type { RouteInput } from '../http/route.ts';
import { formatTime } from '../times/parse-time.ts';
import { parseSeriesQuery } from './parse-series-query.ts';
import { presentSeries } from './present-series.ts';

/** Dependencies of the metrics' routes. */
export interface MetricsDeps {
  readonly reader: MetricsReader;
  readonly cursors: Cursors;
  readonly now: () => number;
  /** For all reads of one request. After it, the answer is a 503. */
  readonly readBudgetMs: number;
  readonly log: Logger;
}

/** Answers `GET /v1/metrics/{action}`. An action without events has an empty series. */
export function createAnswerSeries(deps: MetricsDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const query = await parseSeriesQuery(input, deps.now());
    if (query.kind === 'problem') return query;
    const { action, from, to, interval, timeZone } = query;
    if (!mayUseAction(input.principal, action)) return problem('forbidden', `the key may not see the action ${action}`);
    const series = await attemptRead(deps, deps.reader.readSeries({ action, from, to, interval, timeZone }));
    return series.kind === 'problem' ? series : json(200, presentSeries(query, series.value));
  };
}

/** The result of a read, or a 503. */
function attemptRead<T>({ readBudgetMs, log }: MetricsDeps, work: Promise<T>) {
  return orUnavailable({ budgetMs: readBudgetMs, log }, 'the metrics', work);
}

const LISTING = 'actions';

/** A page of a list that is read as a whole: a stage has at most `maxActions` actions. */
async function presentPage(
  { cursors }: MetricsDeps,
  actions: readonly ActionSummary[],
  { after = '', limit }: PageQuery,
): Promise<object> {
  const rest = actions.filter(({ action }) => action > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ action, count, firstSeen, lastSeen }) => ({
    action,
    count,
    firstSeen: formatTime(firstSeen),
    lastSeen: formatTime(lastSeen),
  }));
  return last && rest.length > limit ? { items, cursor: await cursors.seal(LISTING, last.action) } : { items };
}

/** Answers `GET /v1/actions`, in ascending order: the actions that the key may see. */
export function createAnswerActions(deps: MetricsDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async ({ request, principal }) => {
    const query = readQuery(request.query, ['cursor', 'limit']);
    const paging = { listing: LISTING, defaultLimit: MAX_PAGE, maxLimit: MAX_PAGE, cursors: deps.cursors };
    const page = await attemptRead(deps, readPageQuery(query, paging));
    if (page.kind === 'problem') return page;
    const { value: asked } = page;
    if (asked.kind === 'problem') return asked;
    const answer = await attemptRead(
      deps,
      deps.reader
        .listActions()
        .then((actions) => actions.filter(({ action }) => mayUseAction(principal, action)))
        .then((own) => presentPage(deps, own, asked)),
    );
    return answer.kind === 'problem' ? answer : json(200, answer.value);
  };
}
