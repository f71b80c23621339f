import type { Firing } from '@weir/alerts';
import { Chances, VirtualTime } from '@weir/simulation';
import { sampleEndpoint } from '../../testing/sample-endpoint.ts';
import { checkDeliveries } from './check-deliveries.ts';
import { DeliveryWorld, type WorldOptions } from './delivery-world.ts';
import { VirtualReceiver } from './virtual-receiver.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** All happens before, and all receivers are good after it: longer than five days. */
const GOOD_FROM_MS = 150 * HOUR_MS;
/** Longer than the longest wait for another attempt. */
const END_MS = GOOD_FROM_MS + 60 * HOUR_MS;

export const FAULTY: WorldOptions = {
  ...{ kill: 0.1, freeze: 0.05, loseAnswer: 0.01, refuse: 0.01, double: 0.05, lose: 0.03 },
  freezesMs: [1, 2, 20, 400].map((minutes) => minutes * MINUTE_MS),
};

/** Plays what a seed decides over some nine days, then checks all that is left. */
export async function playDeliveries(seed: number, options: WorldOptions = FAULTY): Promise<DeliveryWorld> {
  const chances = new Chances(seed);
  const time = new VirtualTime();
  const world = new DeliveryWorld(time, chances, options);
  const ids = Array.from({ length: chances.between(1, 4) }, (_, number) => `w${number}`);
  for (const id of ids) {
    await world.store.createEndpoint(sampleEndpoint(id));
    world.receivers.set(id, new VirtualReceiver(chances, GOOD_FROM_MS));
  }
  for (let number = chances.between(1, 12); number > 0; number--) {
    const at = chances.between(0, GOOD_FROM_MS);
    time.after(at, () => world.fire(firingAt(number, at)));
  }
  for (const id of ids) planOwner(world, chances, id);
  await time.play(() => time.now > END_MS || world.faults.length > 0);
  checkDeliveries(world);
  return world;
}

/** Owners disable their endpoints, enable them again, have deliveries sent once more, and remove endpoints. */
function planOwner({ time, store }: DeliveryWorld, chances: Chances, id: string): void {
  const at = () => chances.between(0, GOOD_FROM_MS);
  const find = () => store.findEndpoint(id);
  const disable = async () => {
    const endpoint = await find();
    if (endpoint) await store.disableEndpoint(endpoint, { reason: 'asked', since: time.now });
  };
  const recover = async () => {
    const endpoint = await find();
    if (endpoint?.disabled) await store.updateEndpoint(endpoint, { disabled: null });
    if (endpoint) await store.recover(id, { since: 0, until: time.now + 1, now: time.now, limit: 1_000 });
  };
  if (chances.is(0.2)) time.after(at(), () => void disable());
  for (let times = chances.between(0, 3); times > 0; times--) time.after(at(), () => void recover());
  if (chances.is(0.05)) time.after(at(), () => void store.removeEndpoint(id, time.now));
}

function firingAt(number: number, firedAt: number): Firing {
  return {
    ...{ id: `a${number}-0`, alertId: `a${number}`, revision: 0, value: 1, count: 1, asOf: firedAt, late: false },
    bucket: { start: 0, end: MINUTE_MS, interval: 'minute', closed: true },
    rule: {
      ...{ name: 'a', action: 'checkout', field: 'count', comparison: 'above', threshold: 0 },
      channels: [{ type: 'webhook' }],
    },
    ...{ notified: number % 5 !== 0, firedAt },
  };
}
