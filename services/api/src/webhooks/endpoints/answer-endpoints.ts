import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import type { Problem } from '../../http/answers/problem.ts';
import { type ApiResponse, empty, json } from '../../http/answers/response.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../../http/requests/page-query.ts';
import { readQuery } from '../../http/requests/read-query.ts';
import type { RouteInput } from '../../http/route.ts';
import { isEndpointId } from './endpoint-id.ts';
import { findEndpoint, NO_SUCH_ENDPOINT } from './find-endpoint.ts';
import { DEFAULT_ENDPOINTS_PAGE } from './limits.ts';
import { presentEndpoint } from './present-endpoint.ts';
import type { WebhooksDeps } from './webhooks-deps.ts';

const LISTING = 'webhooks';

/** Answers `GET /v1/webhooks`, in ascending order of ids. */
export async function answerEndpoints(deps: WebhooksDeps, { request }: RouteInput): Promise<ApiResponse | Problem> {
  const query = readQuery(request.query, ['cursor', 'limit']);
  const { cursors } = deps;
  const paging = { listing: LISTING, defaultLimit: DEFAULT_ENDPOINTS_PAGE, maxLimit: MAX_PAGE, cursors };
  const page = await orUnavailable(deps, 'the endpoints', readPageQuery(query, paging));
  if (page.kind === 'problem') return page;
  if (page.value.kind === 'problem') return page.value;
  const answer = await orUnavailable(deps, 'the endpoints', readPage(deps, page.value));
  return answer.kind === 'problem' ? answer : json(200, answer.value);
}

async function readPage({ webhooks, cursors, now }: WebhooksDeps, page: PageQuery): Promise<object> {
  const { endpoints, next } = await webhooks.listEndpoints(page);
  const items = endpoints.map((endpoint) => presentEndpoint(endpoint, now()));
  return next === undefined ? { items } : { items, cursor: await cursors.seal(LISTING, next) };
}

/** Answers `GET /v1/webhooks/{id}`. */
export async function answerEndpoint(
  deps: WebhooksDeps,
  { params: { id = '' } }: RouteInput,
): Promise<ApiResponse | Problem> {
  const found = await findEndpoint(deps, id);
  return found.kind === 'problem' ? found : json(200, presentEndpoint(found.endpoint, deps.now()));
}

/** Answers `DELETE /v1/webhooks/{id}`. Requests that are under way end. */
export async function removeEndpoint(
  deps: WebhooksDeps,
  { params: { id = '' }, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  if (!isEndpointId(id)) return NO_SUCH_ENDPOINT;
  const removed = await orUnavailable(deps, 'the endpoint', deps.webhooks.removeEndpoint(id, deps.now()));
  if (removed.kind === 'problem') return removed;
  if (!removed.value) return NO_SUCH_ENDPOINT;
  deps.log.info('Removed an endpoint', { endpointId: id, byKeyId: principal.keyId });
  return empty(204);
}
