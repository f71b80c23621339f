import { type Endpoint, MAX_ENDPOINTS, type NewEndpoint } from '@weir/dynamodb/webhooks';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import { createCheck } from '../../http/bodies/check-value.ts';
import { badBody, readBody } from '../../http/bodies/read-body.ts';
import type { ApiRequest } from '../../http/requests/request.ts';
import type { RouteInput } from '../../http/route.ts';
import { readIdempotencyKey } from '../../idempotency/read-idempotency-key.ts';
import { checkAddress } from './check-address.ts';
import { endpointIdOf } from './endpoint-id.ts';
import { newWebhookSchema, WEBHOOK_PATTERNS } from './endpoint-schema.ts';
import { MAX_WEBHOOK_BODY_BYTES, RECOGNISED_MS } from './limits.ts';
import { makeSecrets, sharedSecretOf } from './make-secrets.ts';
import { presentEndpoint } from './present-endpoint.ts';
import type { WebhooksDeps } from './webhooks-deps.ts';

/** What a caller says of a new endpoint. */
type Wanted = Pick<NewEndpoint, 'url' | 'events' | 'format' | 'asymmetric'>;

const check = createCheck(newWebhookSchema, WEBHOOK_PATTERNS);

/** Answers `POST /v1/webhooks`. Only this answer has the secret. */
export async function createEndpoint(
  deps: WebhooksDeps,
  { request, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const wanted = readWanted(request);
  if ('kind' in wanted) return wanted;
  const idempotencyKey = readIdempotencyKey(request);
  if (typeof idempotencyKey === 'object') return idempotencyKey;
  const refused = await checkAddress(deps, wanted.url);
  if (refused) return refused;
  const { keyId } = principal;
  const made = await orUnavailable(deps, 'the endpoints', write(deps, { wanted, keyId, idempotencyKey }));
  if (made.kind === 'problem') return made;
  if (made.value === 'full') return problem('conflict', `the stage has ${MAX_ENDPOINTS} endpoints; remove one first`);
  const { id } = made.value;
  deps.log.info('Made an endpoint', { endpointId: id, byKeyId: keyId });
  const secret = sharedSecretOf(made.value);
  const body = { ...presentEndpoint(made.value, deps.now()), ...(secret !== undefined && { secret }) };
  return json(201, body, { location: `/v1/webhooks/${id}` });
}

function readWanted(request: ApiRequest): Wanted | Problem {
  const body = readBody(request, check, MAX_WEBHOOK_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const { url, events, format = 'standard', asymmetric = false } = body.value;
  if (format === 'slack' && asymmetric) {
    return badBody([{ pointer: '/asymmetric', detail: 'messages to Slack are not signed: remove asymmetric' }]);
  }
  return { url, events, format, asymmetric };
}

interface Making {
  readonly wanted: Wanted;
  readonly keyId: string;
  readonly idempotencyKey: string | undefined;
}

/** Writes an endpoint. If this very one is there, a request before wrote it and could not answer. */
async function write(deps: WebhooksDeps, { wanted, keyId, idempotencyKey }: Making): Promise<Endpoint | 'full'> {
  const { webhooks, random, now } = deps;
  const createdAt = now();
  const secrets = makeSecrets(wanted, random);
  for (let taken = 0; ; taken++) {
    const id = endpointIdOf(idempotencyKey === undefined ? random() : { keyId, idempotencyKey, taken });
    const outcome = await webhooks.createEndpoint({ ...wanted, id, secrets, createdAt, keyId });
    if (outcome === 'full') return 'full';
    const stored = outcome === 'removed' ? undefined : await webhooks.findEndpoint(id);
    if (stored && (outcome === 'created' || isOfThisRequest(stored, wanted, createdAt))) return stored;
    // The id was that of an older request with the same Idempotency-Key. The next one is found again after a crash too.
  }
}

function isOfThisRequest(stored: Endpoint, { url, events, format, asymmetric }: Wanted, now: number): boolean {
  const isSame = stored.url === url && stored.format === format && stored.asymmetric === asymmetric;
  const isRecent = stored.createdAt > now - RECOGNISED_MS && stored.revision === 0;
  return isRecent && isSame && `${stored.events}` === `${events}`;
}
