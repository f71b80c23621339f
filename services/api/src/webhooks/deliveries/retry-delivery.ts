import { isMessageId } from '@weir/dynamodb/webhooks';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import type { ApiResponse } from '../../http/answers/response.ts';
import type { RouteInput } from '../../http/route.ts';
import { findEnabled } from '../endpoints/find-endpoint.ts';
import type { WebhooksDeps } from '../endpoints/webhooks-deps.ts';
import { answerAccepted } from './answer-accepted.ts';
import { NO_SUCH_DELIVERY } from './answer-deliveries.ts';

/** Answers `POST /v1/webhooks/{id}/deliveries/{deliveryId}/retry`. The table's stream has the delivery sent. */
export async function retryDelivery(
  deps: WebhooksDeps,
  { params: { id = '', deliveryId = '' }, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const found = await findEnabled(deps, id);
  if (found.kind === 'problem') return found;
  if (!isMessageId(deliveryId)) return NO_SUCH_DELIVERY;
  const ref = { endpointId: id, messageId: deliveryId };
  const asked = await orUnavailable(deps, 'the delivery', deps.webhooks.retry(ref, deps.now()));
  if (asked.kind === 'problem') return asked;
  if (asked.value === 'unknown') return NO_SUCH_DELIVERY;
  if (asked.value === 'busy') return problem('conflict', 'an attempt is under way; read the delivery in a minute');
  deps.log.info('Asked for a delivery again', { ...ref, byKeyId: principal.keyId });
  return answerAccepted(deps, ref);
}
