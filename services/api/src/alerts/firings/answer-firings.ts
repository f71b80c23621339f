import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { json } from '../../http/answers/response.ts';
import type { Principal } from '../../http/callers/principal.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../../http/requests/page-query.ts';
import { readQuery } from '../../http/requests/read-query.ts';
import type { AlertsDeps } from '../rule/alerts-deps.ts';
import { type AnswerRoute, findAlert, NO_SUCH_ALERT } from '../rule/find-alert.ts';
import { DEFAULT_ALERTS_PAGE } from '../rule/limits.ts';
import { mayUseSeries } from '../rule/may-use-series.ts';
import { presentFiring } from './present-firing.ts';

/** Answers `GET /v1/alerts/{id}/firings`, the latest bucket first. */
export function createListFirings(deps: AlertsDeps): AnswerRoute {
  return async ({ request, params: { id = '' }, principal }) => {
    const query = readQuery(request.query, ['cursor', 'limit']);
    const listing = `firings of ${id}`;
    const paging = { listing, defaultLimit: DEFAULT_ALERTS_PAGE, maxLimit: MAX_PAGE, cursors: deps.cursors };
    const page = await orUnavailable(deps, 'the firings', readPageQuery(query, paging));
    if (page.kind === 'problem') return page;
    if (page.value.kind === 'problem') return page.value;
    const asked = { id, principal, listing, page: page.value };
    const answer = await orUnavailable(deps, 'the firings', presentPage(deps, asked));
    if (answer.kind === 'problem') return answer;
    return answer.value ? json(200, answer.value) : NO_SUCH_ALERT;
  };
}

interface FiringsQuery {
  readonly id: string;
  readonly principal: Principal;
  readonly listing: string;
  readonly page: PageQuery;
}

async function presentPage(deps: AlertsDeps, { id, principal, listing, page }: FiringsQuery) {
  if (!(await findAlert(deps, id, principal))) return undefined;
  const after = page.after === undefined ? undefined : Number(page.after);
  const { firings, next } = await deps.alerts.firings(id, { after, limit: page.limit });
  // The rule may have had another action when it fired.
  const items = firings.filter(({ rule }) => mayUseSeries(principal, rule.action)).map(presentFiring);
  return next === undefined ? { items } : { items, cursor: await deps.cursors.seal(listing, `${next}`) };
}
