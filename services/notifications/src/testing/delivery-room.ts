import type { Endpoint, Message, NewEndpoint } from '@weir/dynamodb/webhooks';
import { createMemoryWebhooksStore, emptyWebhooks } from '@weir/dynamodb/webhooks/memory';
import type { PostMessage, PostRequest, PostResult } from '@weir/webhooks/sending';
import type { DeliverDeps } from '../deliver/deliver-deps.ts';
import { deliverMessage } from '../deliver/deliver-message.ts';
import type { QueuedDelivery } from '../queues/delivery-message.ts';
import { sampleEndpoint } from './sample-endpoint.ts';

/** What an endpoint answers. */
export type Answer = Partial<Extract<PostResult, { kind: 'answered' }>> | { readonly error: string };

export const MESSAGE: Message = {
  ...{ id: 'msg_00000000000000000000000000', type: 'report.ready', timestamp: 0, data: { reportId: 'r' } },
};

/** Everything that an attempt needs, in memory, with a clock that is moved by hand. */
export function createDeliveryRoom(answer: (request: PostRequest) => Answer = () => ({ status: 200 })) {
  const clock = { now: 1_000_000 };
  const state = emptyWebhooks();
  const store = createMemoryWebhooksStore(undefined, state);
  const sent: QueuedDelivery[] = [];
  const posts: PostRequest[] = [];
  const now = () => clock.now;
  const post: PostMessage = async (request) => {
    posts.push(request);
    return resultOf(answer(request), clock.now);
  };
  const send = async (deliveries: readonly QueuedDelivery[]) => void sent.push(...deliveries);
  const later = () => () => {};
  const deps = {
    store,
    findRecent: store.findEndpoint,
    post,
    send,
    now,
    later,
    random: () => 0.5,
  } satisfies DeliverDeps;
  const addEndpoint = async (id: string, changes: Partial<NewEndpoint> = {}) => {
    await store.createEndpoint(sampleEndpoint(id, changes));
    return (await store.findEndpoint(id)) as Endpoint;
  };
  const addDelivery = (endpointId: string, message: Message = MESSAGE) =>
    store.putMessage(message, { targets: [{ endpointId }], now: clock.now });
  const findDelivery = (endpointId: string) => store.findDelivery({ endpointId, messageId: MESSAGE.id });
  const deliver = (endpointId: string, attempt = 0, lane: 'fast' | 'slow' = 'fast') =>
    deliverMessage(deps, { endpointId, messageId: MESSAGE.id, attempt }, lane);
  return { clock, state, store, sent, posts, deps, addEndpoint, addDelivery, findDelivery, deliver };
}

function resultOf(answer: Answer, at: number): PostResult {
  if ('error' in answer) return { kind: 'unanswered', at, durationMs: 5, error: answer.error };
  return { kind: 'answered', at, durationMs: 5, status: 200, response: '', ...answer };
}
