import type { Alert } from '@weir/alerts';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import type { Problem } from '../../http/answers/problem.ts';
import { type ApiResponse, empty, json } from '../../http/answers/response.ts';
import type { Principal } from '../../http/callers/principal.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../../http/requests/page-query.ts';
import { readQuery } from '../../http/requests/read-query.ts';
import type { AlertsDeps } from '../rule/alerts-deps.ts';
import { type AnswerRoute, findAlert, NO_SUCH_ALERT } from '../rule/find-alert.ts';
import { DEFAULT_ALERTS_PAGE } from '../rule/limits.ts';
import { mayUseSeries } from '../rule/may-use-series.ts';
import { presentAlert } from './present-alert.ts';

const LISTING = 'alerts';

/** How many rules are read at once for a page: a key that is limited to prefixes may see few of them. */
const READ_AT_ONCE = 100;

/** Answers `GET /v1/alerts`, in ascending order of ids: the rules whose actions the key may use. */
export function createListAlerts(deps: AlertsDeps): AnswerRoute {
  return async ({ request, principal }) => {
    const query = readQuery(request.query, ['cursor', 'limit']);
    const paging = {
      ...{ listing: LISTING, defaultLimit: DEFAULT_ALERTS_PAGE, maxLimit: MAX_PAGE },
      cursors: deps.cursors,
    };
    const page = await orUnavailable(deps, 'the rules', readPageQuery(query, paging));
    if (page.kind === 'problem') return page;
    if (page.value.kind === 'problem') return page.value;
    const answer = await orUnavailable(deps, 'the rules', presentPage(deps, page.value, principal));
    return answer.kind === 'problem' ? answer : json(200, answer.value);
  };
}

async function presentPage(deps: AlertsDeps, asked: PageQuery, principal: Principal): Promise<object> {
  const [{ alerts, last }, cursor] = await Promise.all([readPage(deps, asked, principal), deps.alerts.readCursor()]);
  const items = alerts.map((alert) => presentAlert(alert, cursor, deps.now()));
  return last === undefined ? { items } : { items, cursor: await deps.cursors.seal(LISTING, last) };
}

/** The rules of a page, and the id of the last one if there are more. */
async function readPage({ alerts }: AlertsDeps, { after, limit }: PageQuery, principal: Principal) {
  const found: Alert[] = [];
  let from = after;
  do {
    const page = await alerts.list({ after: from, limit: Math.max(limit, READ_AT_ONCE) });
    found.push(...page.alerts.filter(({ action }) => mayUseSeries(principal, action)));
    from = page.next;
  } while (from !== undefined && found.length <= limit);
  const shown = found.slice(0, limit);
  return { alerts: shown, last: found.length > limit ? shown.at(-1)?.id : undefined };
}

/** Answers `GET /v1/alerts/{id}`. */
export function createAnswerAlert(deps: AlertsDeps): AnswerRoute {
  return async ({ params: { id = '' }, principal }) => {
    const found = await orUnavailable(deps, 'the rule', findAlert(deps, id, principal));
    if (found.kind === 'problem') return found;
    return found.value ? answerWith(deps, found.value) : NO_SUCH_ALERT;
  };
}

/** Answers with a rule, and with its state now. */
export async function answerWith(deps: AlertsDeps, alert: Alert, status = 200): Promise<ApiResponse | Problem> {
  const cursor = await orUnavailable(deps, 'the rule', deps.alerts.readCursor());
  if (cursor.kind === 'problem') return cursor;
  const headers = status === 201 ? { location: `/v1/alerts/${alert.id}` } : {};
  return json(status, presentAlert(alert, cursor.value, deps.now()), headers);
}

/** Answers `DELETE /v1/alerts/{id}`: after it, the rule fires no more. */
export function createRemoveAlert(deps: AlertsDeps): AnswerRoute {
  return async ({ params: { id = '' }, principal }) => {
    const removed = await orUnavailable(deps, 'the rule', removeAlert(deps, id, principal));
    if (removed.kind === 'problem') return removed;
    if (!removed.value) return NO_SUCH_ALERT;
    deps.log.info('Removed a rule', { alertId: id, byKeyId: principal.keyId });
    return empty(204);
  };
}

async function removeAlert(deps: AlertsDeps, id: string, principal: Principal): Promise<boolean> {
  return (await findAlert(deps, id, principal)) !== undefined && (await deps.alerts.remove(id));
}
