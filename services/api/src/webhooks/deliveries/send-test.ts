import { ASKED_GRACE_MS, makeMessageId } from '@weir/dynamodb/webhooks';
import { TEST_TYPE } from '@weir/webhooks';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import type { Problem } from '../../http/answers/problem.ts';
import type { ApiResponse } from '../../http/answers/response.ts';
import type { RouteInput } from '../../http/route.ts';
import { findEnabled } from '../endpoints/find-endpoint.ts';
import type { WebhooksDeps } from '../endpoints/webhooks-deps.ts';
import { answerAccepted } from './answer-accepted.ts';

/** Answers `POST /v1/webhooks/{id}/test`: a message for this endpoint alone, whatever events it takes. */
export async function sendTest(
  deps: WebhooksDeps,
  { params: { id = '' } }: RouteInput,
): Promise<ApiResponse | Problem> {
  const found = await findEnabled(deps, id);
  if (found.kind === 'problem') return found;
  const now = deps.now();
  const source = `${TEST_TYPE} ${id} ${Buffer.from(deps.random()).toString('hex')}`;
  const message = { id: makeMessageId(now, source), type: TEST_TYPE, timestamp: now, data: { endpointId: id } };
  const made = { targets: [{ endpointId: id }], now, dueAt: now + ASKED_GRACE_MS, isAsked: true };
  const put = await orUnavailable(deps, 'the delivery', deps.webhooks.putMessage(message, made));
  if (put.kind === 'problem') return put;
  return answerAccepted(deps, { endpointId: id, messageId: message.id });
}
