import type { ActionSummary, MetricsReader } from '@weir/dynamodb';
import type { Log } from '@weir/logging';
import { mayUseAction } from '../http/principal.ts';
import { badParameter, type Problem, problem, unavailable } from '../http/problem.ts';
import { readQuery } from '../http/read-query.ts';
import { type ApiResponse, json } from '../http/response.ts';
import type { RouteInput } from '../http/route.ts';
import { MAX_PAGE } from '../limits.ts';
import { parseSeriesQuery } from './parse-series-query.ts';
import { formatTime } from './parse-time.ts';
import { presentSeries } from './present-series.ts';
import { withinBudget } from './within-budget.ts';

/** What answering with metrics needs. */
export interface MetricsDeps {
  readonly reader: MetricsReader;
  readonly now: () => number;
  /** For all that one request reads; after it the metrics count as unavailable. */
  readonly readBudgetMs: number;
  readonly log: Log;
}

async function attempt<T>(deps: MetricsDeps, read: Promise<T>): Promise<{ kind: 'read'; value: T } | Problem> {
  try {
    return { kind: 'read', value: await withinBudget(read, deps.readBudgetMs) };
  } catch (error) {
    deps.log.error('The metrics cannot be read', { error });
    return unavailable('the metrics cannot be read at the moment');
  }
}

/** Answers `GET /v1/metrics/{action}`. An action that was never seen has an empty series. */
export function createAnswerSeries(deps: MetricsDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async (input) => {
    const query = parseSeriesQuery(input, deps.now());
    if (query.kind === 'problem') return query;
    const { action, from, to, interval } = query;
    if (!mayUseAction(input.principal, action)) return problem('forbidden', `the key may not see the action ${action}`);
    const series = await attempt(deps, deps.reader.readSeries({ action, from, to, interval }));
    return series.kind === 'problem' ? series : json(200, presentSeries(query, series.value));
  };
}

/** A cursor is the last action of the page before it. */
function readCursor(cursor: string | undefined): string | undefined {
  const after = Buffer.from(cursor ?? '', 'base64url').toString();
  return Buffer.from(after).toString('base64url') === (cursor ?? '') ? after : undefined;
}

function readLimit(limit = `${MAX_PAGE}`): number | undefined {
  const count = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  return count >= 1 && count <= MAX_PAGE ? count : undefined;
}

function presentPage(actions: readonly ActionSummary[], after: string, limit: number): object {
  const rest = actions.filter(({ action }) => action > after);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const items = page.map(({ action, count, firstSeen, lastSeen }) => ({
    action,
    count,
    firstSeen: formatTime(firstSeen),
    lastSeen: formatTime(lastSeen),
  }));
  return last && rest.length > limit ? { items, cursor: Buffer.from(last.action).toString('base64url') } : { items };
}

/** Answers `GET /v1/actions`, ascending by action: those that the key may see. */
export function createAnswerActions(deps: MetricsDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async ({ request, principal }) => {
    const query = readQuery(request.query, ['cursor', 'limit']);
    if (query.kind === 'problem') return query;
    const limit = readLimit(query.values.limit);
    if (limit === undefined) return badParameter('limit', `must be a number from 1 to ${MAX_PAGE}`);
    const after = readCursor(query.values.cursor);
    if (after === undefined) return badParameter('cursor', 'is not one that this list gave out');
    const actions = await attempt(deps, deps.reader.listActions());
    if (actions.kind === 'problem') return actions;
    const own = actions.value.filter(({ action }) => mayUseAction(principal, action));
    return json(200, presentPage(own, after, limit));
  };
}
