import type { Endpoint, EndpointChange } from '@weir/dynamodb/webhooks';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import type { RouteInput } from '../../http/route.ts';
import { changeWhole } from './change-endpoint.ts';
import { MAX_SECRETS, ROTATION_MS } from './limits.ts';
import { makeSecrets, sharedSecretOf } from './make-secrets.ts';
import { presentEndpoint } from './present-endpoint.ts';
import type { WebhooksDeps } from './webhooks-deps.ts';

/** Answers `POST /v1/webhooks/{id}/rotate-secret`. The old secrets sign beside the new ones for a day. */
export async function rotateSecret(
  deps: WebhooksDeps,
  { params: { id = '' }, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const changed = await changeWhole(deps, id, (endpoint) => withNewSecrets(deps, endpoint));
  if (changed.kind === 'problem') return changed;
  deps.log.info('Rotated the secret of an endpoint', { endpointId: id, byKeyId: principal.keyId });
  const { endpoint } = changed;
  return json(200, { ...presentEndpoint(endpoint, deps.now()), secret: sharedSecretOf(endpoint) });
}

function withNewSecrets({ random, now }: WebhooksDeps, endpoint: Endpoint): EndpointChange | Problem {
  if (endpoint.format === 'slack') return problem('conflict', 'messages to Slack are not signed: there is no secret');
  const at = now();
  const old = endpoint.secrets
    .filter(({ until = Number.POSITIVE_INFINITY }) => until > at)
    .map(({ secret, until = at + ROTATION_MS }) => ({ secret, until }));
  const secrets = [...makeSecrets(endpoint, random), ...old];
  if (secrets.length <= MAX_SECRETS) return { secrets };
  return problem('conflict', 'too many rotations within a day; wait until an old secret has ended');
}
