import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import type { Fault, Problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import { createCheck } from '../../http/bodies/check-value.ts';
import { badBody, readBody } from '../../http/bodies/read-body.ts';
import type { ApiRequest } from '../../http/requests/request.ts';
import type { RouteInput } from '../../http/route.ts';
import { formatTime, parseTime } from '../../times/parse-time.ts';
import { findEnabled } from '../endpoints/find-endpoint.ts';
import { MAX_WEBHOOK_BODY_BYTES } from '../endpoints/limits.ts';
import type { WebhooksDeps } from '../endpoints/webhooks-deps.ts';
import { MAX_RECOVERED, RECOVERY_MS } from './limits.ts';
import { recoverySchema } from './recovery-schema.ts';

const check = createCheck(recoverySchema);

/** Answers `POST /v1/webhooks/{id}/recover` with the number of deliveries that are sent again. */
export async function recoverDeliveries(
  deps: WebhooksDeps,
  { request, params: { id = '' }, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const now = deps.now();
  const range = readRange(request, now);
  if ('kind' in range) return range;
  const found = await findEnabled(deps, id);
  if (found.kind === 'problem') return found;
  const isLate = () => deps.now() >= now + RECOVERY_MS;
  const recovering = deps.webhooks.recover(id, { ...range, now, limit: MAX_RECOVERED, isLate });
  const done = await orUnavailable(deps, 'the deliveries', recovering);
  if (done.kind === 'problem') return done;
  const { count, next } = done.value;
  deps.log.info('Recovered deliveries', { endpointId: id, count, byKeyId: principal.keyId });
  return json(202, { count, ...(next !== undefined && { next: formatTime(next) }) });
}

interface Range {
  readonly since: number;
  readonly until: number;
}

function readRange(request: ApiRequest, now: number): Range | Problem {
  const body = readBody(request, check, MAX_WEBHOOK_BODY_BYTES);
  if (body.kind === 'problem') return body;
  const { since: from, until: to } = body.value;
  const since = parseTime(from);
  // What happens at this moment is included.
  const until = to === undefined ? now + 1 : parseTime(to);
  if (since !== undefined && until !== undefined && since < until) return { since, until };
  return badBody(findFaults(since, until));
}

function findFaults(since: number | undefined, until: number | undefined): Fault[] {
  const unread = Object.entries({ since, until }).filter(([, time]) => time === undefined);
  if (unread.length > 0) {
    return unread.map(([name]) => ({ pointer: `/${name}`, detail: 'must be an RFC 3339 time from 1970 to 9999' }));
  }
  return [{ pointer: '/since', detail: 'must be before until, and not in the future' }];
}
