import type { Endpoint } from '@weir/dynamodb/webhooks';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { isEndpointId } from './endpoint-id.ts';
import type { WebhooksDeps } from './webhooks-deps.ts';

export const NO_SUCH_ENDPOINT = problem('resource-not-found', 'there is no such endpoint');

/** The endpoint with this id, or the problem to answer with. */
export async function findEndpoint(
  deps: WebhooksDeps,
  id: string,
): Promise<{ readonly kind: 'found'; readonly endpoint: Endpoint } | Problem> {
  if (!isEndpointId(id)) return NO_SUCH_ENDPOINT;
  const found = await orUnavailable(deps, 'the endpoint', deps.webhooks.findEndpoint(id));
  if (found.kind === 'problem') return found;
  return found.value ? { kind: 'found', endpoint: found.value } : NO_SUCH_ENDPOINT;
}

/** The same, if messages are sent to it. */
export async function findEnabled(deps: WebhooksDeps, id: string): ReturnType<typeof findEndpoint> {
  const found = await findEndpoint(deps, id);
  if (found.kind === 'problem' || found.endpoint.status === 'enabled') return found;
  return problem('conflict', 'the endpoint is disabled; enable it first, by PATCH with {"status":"enabled"}');
}
