import assert from 'node:assert/strict';
import type { Delivery } from '@weir/dynamodb/webhooks';
import { type AlertData, ATTEMPTS, isAboutDelivery, retryDelayMs, type WebhookType } from '@weir/webhooks';
import { type DeliveryWorld, nameAttempt } from './delivery-world.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** A process may stand still for so long between its claim and its POST. */
const LONGEST_FREEZE_MS = 8 * HOUR_MS;
const FAILING_MS = 5 * DAY_MS;

/** What must hold when nothing is left to happen. */
export function checkDeliveries(world: DeliveryWorld): void {
  assert.deepEqual(world.faults, []);
  const deliveries = [...world.state.deliveries.values()].filter(({ endpointId }) => {
    return world.state.endpoints.has(endpointId);
  });
  for (const delivery of deliveries) checkDelivery(world, delivery);
  checkFirings(world);
  checkTold(world);
  for (const endpoint of world.disabled) checkDisabled(world, endpoint);
}

/** Each delivery has ended, for a reason that its receiver gave. */
function checkDelivery(world: DeliveryWorld, delivery: Delivery): void {
  const { endpointId, messageId, status, reason, attempts } = delivery;
  const name = `${endpointId} ${messageId}`;
  const disabled = world.state.endpoints.get(endpointId)?.disabled;
  assert.notEqual(status, 'pending', `${name} is pending`);
  if (status === 'held') assert(disabled, `${name} is held`);
  const posts = world.posts.filter((post) => post.endpointId === endpointId && post.messageId === messageId);
  const last = attempts.at(-1);
  if (status === 'delivered') assert.equal(Math.floor((last?.status ?? 0) / 100), 2, name);
  if (reason === 'gone') {
    assert.equal(last?.status, 410);
    const isThen = (time = 0) => Math.abs(time - (last?.at ?? 0)) < LONGEST_FREEZE_MS;
    const isDisabled = world.disabled.some(
      (endpoint) => endpoint.id === endpointId && isThen(endpoint.disabled?.since),
    );
    assert(isDisabled, `${name} is gone, and its endpoint was not disabled`);
  }
  assert(posts.length >= attempts.length, `${name} has ${attempts.length} attempts of ${posts.length}`);
  const unseen = attempts.filter(({ at }) => !posts.some((post) => post.at === at || post.isZombie));
  assert.deepEqual(unseen, [], name);
  checkWaits(delivery);
}

/** Between two attempts is the time that the schedule has, unless a caller asked for another one. */
function checkWaits({ attempts, attempt, scheduledFrom, reason, endpointId, messageId }: Delivery): void {
  const own = attempts.slice(-Math.max(0, attempt - scheduledFrom) || attempts.length);
  if (reason === 'exhausted') assert.equal(attempt - scheduledFrom, ATTEMPTS);
  if (attempt - scheduledFrom === 0) return;
  for (const [i, { at }] of own.slice(0, -1).entries()) {
    const waitedMs = (own[i + 1]?.at ?? 0) - at;
    const least = (retryDelayMs(i + 1, 0) ?? 0) - 1_000;
    assert(waitedMs >= least, `${endpointId} ${messageId} waited ${waitedMs} ms before attempt ${i + 1}`);
  }
}

/** Each firing that is told is one message to each endpoint, and no other is any. */
function checkFirings(world: DeliveryWorld): void {
  const fired = [...world.state.messages.values()].filter(({ type }) => type === 'alert.fired');
  const names = fired.map(({ data }) => (data as AlertData).firingId);
  assert.equal(new Set(names).size, names.length, 'a firing is two messages');
  assert(!names.includes('a5-0') && !names.includes('a10-0'), 'a firing in cool-down was told');
  for (const id of world.state.endpoints.keys()) {
    const missing = fired.filter((message) => !world.state.deliveries.has(`${id} ${message.id}`));
    assert.deepEqual(missing, [], `not for ${id}`);
  }
}

/** Others are told of what was exhausted or disabled, once; the endpoint itself never, and nobody of such messages. */
function checkTold(world: DeliveryWorld): void {
  const told = [...world.state.messages.values()].filter(({ type }) => isAboutDelivery(type as WebhookType));
  for (const { id, data } of told) {
    const { endpointId, type } = data as { endpointId: string; type?: string };
    assert(!world.state.deliveries.has(`${endpointId} ${id}`), `${id} is about its own endpoint`);
    assert(!isAboutDelivery(type as WebhookType), `${id} is about a message about deliveries`);
  }
  const hasOthers = world.receivers.size > 1;
  const exhausted = world.exhausted.filter(({ type }) => !isAboutDelivery(type as WebhookType));
  const expected = exhausted.length + world.disabled.length;
  // Nobody is told if all others were removed.
  const isWhole = world.state.endpoints.size === world.receivers.size;
  if (isWhole) assert.equal(told.length, hasOthers ? expected : 0, 'what is told of deliveries');
}

/** An endpoint is disabled as failing only after five days without a success. */
function checkDisabled(world: DeliveryWorld, { id, disabled }: DeliveryWorld['disabled'][number]): void {
  const since = disabled?.since ?? 0;
  if (disabled?.reason !== 'failing') return;
  const own = world.posts.filter(({ endpointId, at }) => endpointId === id && at < since && at > since - FAILING_MS);
  const good = own.filter(({ result, isZombie }) => !isZombie && result.kind === 'answered' && result.status < 300);
  // A success whose process died before it could say so, or that could not be noted, is none; nor is one whose answer
  // was still under way.
  const noted = good.filter((post) => {
    const writtenAt = world.writtenAt.get(nameAttempt(post, post.at)) ?? Number.POSITIVE_INFINITY;
    return !world.unnoted.has(`${id} ${post.messageId}`) && writtenAt < since;
  });
  assert.deepEqual(noted, [], `${id} was disabled after a success`);
}
