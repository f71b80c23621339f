import assert from 'node:assert/strict';
import type { AlertData } from '@weir/webhooks';
import { MINUTE, START } from '../alerts/alert-world.ts';
import type { ToldRule, ToldWorld } from './play-told.ts';

/** Each firing that is told, and each end of one, is a message, and each of its endpoints has taken it. */
export function checkTold(world: ToldWorld): void {
  assert.deepEqual([...world.alerts.faults, ...world.deliveries.faults], []);
  const expected = world.rules.flatMap((rule) => {
    const stories = firingsOf(world, rule);
    return rule.endpointIds.flatMap((id) => stories.map((story) => `${id} ${story}`));
  });
  const taken = [...world.deliveries.state.deliveries.values()].map((delivery) => takenBy(world, delivery));
  assert.deepEqual(taken.sort(), expected.sort());
}

/** Each minute with events has fired; what was told has ended with the next minute without. */
function firingsOf({ alerts }: ToldWorld, { id, busy }: ToldRule): string[] {
  const firings = [...alerts.state.firings.values()].filter(({ alertId }) => alertId === id);
  const minutes = firings.map(({ bucket }) => minuteOf(bucket.start)).sort((a, b) => a - b);
  const busyMinutes = [...busy.keys()].filter((minute) => busy[minute]);
  assert.deepEqual(minutes, busyMinutes, `the firings of ${id}`);
  const told = firings.filter(({ notified }) => notified);
  assert(told.length > 0 || busyMinutes.length === 0, `${id} was told to nobody`);
  return told.flatMap((firing) => {
    const end = busy.indexOf(false, minuteOf(firing.bucket.start));
    return [
      `alert.fired ${firing.id} ${minuteOf(firing.bucket.start)}`,
      `alert.recovered ${firing.id} ${end < 0 ? busy.length : end}`,
    ];
  });
}

/** What an endpoint was told by a delivery. */
function takenBy({ deliveries }: ToldWorld, ref: { endpointId: string; messageId: string; status: string }): string {
  const { endpointId, messageId } = ref;
  assert.equal(ref.status, 'delivered', `${endpointId} ${messageId}`);
  const isTaken = deliveries.posts.some(({ result, ...post }) => {
    const isIts = post.endpointId === endpointId && post.messageId === messageId;
    return isIts && result.kind === 'answered' && result.status === 204;
  });
  assert(isTaken, `${endpointId} has not taken ${messageId}`);
  const { type, data } = deliveries.state.messages.get(messageId) ?? assert.fail(`${messageId} has no message`);
  const { firingId, bucket } = data as AlertData;
  return `${endpointId} ${type} ${firingId} ${minuteOf(Date.parse(bucket.start))}`;
}

function minuteOf(time: number): number {
  return (time - START) / MINUTE;
}
