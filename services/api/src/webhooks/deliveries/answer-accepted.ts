import type { DeliveryRef } from '@weir/dynamodb/webhooks';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import type { Problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import type { WebhooksDeps } from '../endpoints/webhooks-deps.ts';
import { NO_SUCH_DELIVERY } from './answer-deliveries.ts';
import { deliveryPath, presentDelivery } from './present-delivery.ts';

/** Answers 202 with a delivery that is to be sent, and with the path at which its result can be read. */
export async function answerAccepted(deps: WebhooksDeps, ref: DeliveryRef): Promise<ApiResponse | Problem> {
  const delivery = await orUnavailable(deps, 'the delivery', deps.webhooks.findDelivery(ref));
  if (delivery.kind === 'problem') return delivery;
  if (!delivery.value) return NO_SUCH_DELIVERY;
  return json(202, presentDelivery(delivery.value), { location: deliveryPath(ref) });
}
