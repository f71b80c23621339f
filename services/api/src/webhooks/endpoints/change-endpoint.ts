import type { Endpoint, EndpointChange } from '@weir/dynamodb/webhooks';
import type { FromSchema } from '@weir/events';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import { createCheck } from '../../http/bodies/check-value.ts';
import { readBody } from '../../http/bodies/read-body.ts';
import type { RouteInput } from '../../http/route.ts';
import { checkAddress } from './check-address.ts';
import { WEBHOOK_PATTERNS, webhookPatchSchema } from './endpoint-schema.ts';
import { findEndpoint } from './find-endpoint.ts';
import { MAX_WEBHOOK_BODY_BYTES } from './limits.ts';
import { presentEndpoint } from './present-endpoint.ts';
import type { WebhooksDeps } from './webhooks-deps.ts';

/** Only other changes of the same endpoint at the same time can be faster. */
const ATTEMPTS = 5;

const check = createCheck(webhookPatchSchema, WEBHOOK_PATTERNS);

/** Answers `PATCH /v1/webhooks/{id}`. */
export async function changeEndpoint(
  deps: WebhooksDeps,
  { request, params: { id = '' }, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const body = readBody(request, check, MAX_WEBHOOK_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const { url } = body.value;
  const refused = url === undefined ? undefined : await checkAddress(deps, url);
  if (refused) return refused;
  const changed = await changeWhole(deps, id, (endpoint) => changeOf(endpoint, body.value, deps.now()));
  if (changed.kind === 'problem') return changed;
  deps.log.info('Changed an endpoint', { endpointId: id, byKeyId: principal.keyId });
  return json(200, presentEndpoint(changed.endpoint, deps.now()));
}

/** The change, from what the endpoint is: it stays disabled for its first reason, and keeps a health that it has. */
function changeOf(endpoint: Endpoint, patch: FromSchema<typeof webhookPatchSchema>, now: number): EndpointChange {
  const { url, events, status } = patch;
  const isOther = status !== undefined && status !== endpoint.status;
  const disabled = status === 'disabled' ? ({ reason: 'asked', since: now } as const) : null;
  return { url: url === endpoint.url ? undefined : url, events, disabled: isOther ? disabled : undefined };
}

/** Changes an endpoint by what it is, again if another request was faster. `decide` may refuse. */
export async function changeWhole(
  deps: WebhooksDeps,
  id: string,
  decide: (endpoint: Endpoint) => EndpointChange | Problem,
): Promise<{ readonly kind: 'changed'; readonly endpoint: Endpoint } | Problem> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const found = await findEndpoint(deps, id);
    if (found.kind === 'problem') return found;
    const change = decide(found.endpoint);
    if ('kind' in change) return change;
    const changed = await orUnavailable(deps, 'the endpoint', deps.webhooks.updateEndpoint(found.endpoint, change));
    if (changed.kind === 'problem') return changed;
    if (changed.value) return { kind: 'changed', endpoint: changed.value };
  }
  return problem('conflict', 'send the request again: other requests changed the endpoint at the same time', {
    headers: { 'retry-after': '2' },
  });
}
