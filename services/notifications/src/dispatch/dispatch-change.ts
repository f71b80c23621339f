import type { Firing } from '@weir/alerts';
import type { Delivery, Endpoint } from '@weir/dynamodb/webhooks';
import { isAboutDelivery, type WebhookType } from '@weir/webhooks';
import { announceMessage, type DispatchDeps, takes } from './announce-message.ts';
import { firedMessage, recoveredMessage } from './messages/alert-messages.ts';
import { disabledMessage, exhaustedMessage } from './messages/delivery-messages.ts';

/** A record of the table's stream: an item as it was before a write, if it was, and as it is since. */
export type TableChange =
  | { readonly kind: 'firing'; readonly before: Firing | undefined; readonly after: Firing }
  | { readonly kind: 'endpoint'; readonly before: Endpoint | undefined; readonly after: Endpoint }
  | { readonly kind: 'delivery'; readonly before: Delivery | undefined; readonly after: AskedDelivery };

/** A delivery, and whether the write asks for it to be sent at once. */
export interface AskedDelivery extends Delivery {
  readonly isAsked: boolean;
}

/** Tells what a write of the table means to others. The same record may come again, and long after the write. */
export async function dispatchChange(deps: DispatchDeps, change: TableChange): Promise<void> {
  if (change.kind === 'firing') await dispatchFiring(deps, change.before, change.after);
  else if (change.kind === 'endpoint') await dispatchEndpoint(deps, change.before, change.after);
  else await dispatchDelivery(deps, change.before, change.after);
}

async function dispatchFiring(deps: DispatchDeps, before: Firing | undefined, after: Firing): Promise<void> {
  if (!after.notified) return;
  const isFor = isChannel(after);
  if (!before?.notified) await announceMessage(deps, firedMessage(after), isFor('alert.fired'));
  const { recovery } = after;
  if (recovery && !before?.recovery) {
    await announceMessage(deps, recoveredMessage(after, recovery), isFor('alert.recovered'));
  }
}

/** A channel names an endpoint, or means all that take the event. */
function isChannel({ rule }: Firing): (type: WebhookType) => (endpoint: Endpoint) => boolean {
  const webhooks = rule.channels.filter((channel) => channel.type === 'webhook');
  const named = new Set(webhooks.map(({ endpointId }) => endpointId));
  return (type) => (endpoint) => named.has(endpoint.id) || (named.has(undefined) && takes(type)(endpoint));
}

async function dispatchEndpoint(deps: DispatchDeps, before: Endpoint | undefined, after: Endpoint): Promise<void> {
  if (!after.disabled || before?.disabled) return;
  await announceMessage(deps, disabledMessage(after, after.disabled), toOthers('endpoint.disabled', after.id));
}

async function dispatchDelivery(deps: DispatchDeps, before: Delivery | undefined, after: AskedDelivery): Promise<void> {
  if (after.isAsked) await sendAsked(deps, after);
  const isNew = isExhausted(after) && !(before && isExhausted(before));
  if (!isNew || isAboutDelivery(after.type as WebhookType)) return;
  const exhaustedAt = after.attempts.at(-1)?.at ?? after.createdAt;
  const isFor = toOthers('message.attempt.exhausted', after.endpointId);
  await announceMessage(deps, exhaustedMessage(after, exhaustedAt), isFor);
}

/** By the fast queue: whoever asks waits for it, and a slow endpoint's is forwarded. */
async function sendAsked({ send }: DispatchDeps, { endpointId, messageId, attempt }: AskedDelivery): Promise<void> {
  await send([{ endpointId, messageId, attempt, lane: 'fast' }]);
}

function isExhausted({ status, reason }: Delivery): boolean {
  return status === 'failed' && reason === 'exhausted';
}

function toOthers(type: WebhookType, endpointId: string): (endpoint: Endpoint) => boolean {
  return (endpoint) => endpoint.id !== endpointId && takes(type)(endpoint);
}
