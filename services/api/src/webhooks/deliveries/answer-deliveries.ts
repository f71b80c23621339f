import { isMessageId } from '@weir/dynamodb/webhooks';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import { type PageQuery, readPageQuery } from '../../http/requests/page-query.ts';
import { readQuery } from '../../http/requests/read-query.ts';
import type { RouteInput } from '../../http/route.ts';
import { findEndpoint } from '../endpoints/find-endpoint.ts';
import type { WebhooksDeps } from '../endpoints/webhooks-deps.ts';
import { DEFAULT_DELIVERIES_PAGE, MAX_DELIVERIES_PAGE } from './limits.ts';
import { presentDelivery } from './present-delivery.ts';

export const NO_SUCH_DELIVERY = problem('resource-not-found', 'the endpoint has no such delivery; it keeps 30 days');

/** Answers `GET /v1/webhooks/{id}/deliveries`, the newest message first. */
export async function answerDeliveries(
  deps: WebhooksDeps,
  { request, params: { id = '' } }: RouteInput,
): Promise<ApiResponse | Problem> {
  const query = readQuery(request.query, ['cursor', 'limit']);
  const paging = {
    ...{ listing: `deliveries of ${id}`, cursors: deps.cursors },
    ...{ defaultLimit: DEFAULT_DELIVERIES_PAGE, maxLimit: MAX_DELIVERIES_PAGE },
  };
  const page = await orUnavailable(deps, 'the deliveries', readPageQuery(query, paging));
  if (page.kind === 'problem') return page;
  if (page.value.kind === 'problem') return page.value;
  const found = await findEndpoint(deps, id);
  if (found.kind === 'problem') return found;
  const { listing } = paging;
  const answer = await orUnavailable(deps, 'the deliveries', readPage(deps, page.value, { id, listing }));
  return answer.kind === 'problem' ? answer : json(200, answer.value);
}

async function readPage(
  { webhooks, cursors }: WebhooksDeps,
  page: PageQuery,
  { id, listing }: { readonly id: string; readonly listing: string },
): Promise<object> {
  const { deliveries, next } = await webhooks.listDeliveries(id, page);
  const items = deliveries.map(presentDelivery);
  return next === undefined ? { items } : { items, cursor: await cursors.seal(listing, next) };
}

/** Answers `GET /v1/webhooks/{id}/deliveries/{deliveryId}`. */
export async function answerDelivery(
  deps: WebhooksDeps,
  { params: { id = '', deliveryId = '' } }: RouteInput,
): Promise<ApiResponse | Problem> {
  const found = await findEndpoint(deps, id);
  if (found.kind === 'problem') return found;
  if (!isMessageId(deliveryId)) return NO_SUCH_DELIVERY;
  const ref = { endpointId: id, messageId: deliveryId };
  const delivery = await orUnavailable(deps, 'the delivery', deps.webhooks.findDelivery(ref));
  if (delivery.kind === 'problem') return delivery;
  return delivery.value ? json(200, presentDelivery(delivery.value)) : NO_SUCH_DELIVERY;
}
