import { setTimeout as sleep } from 'node:timers/promises';
import { askToMake } from './ask-to-make.ts';
import type { Doors } from './doors.ts';

type Door = Pick<Doors, 'call'>;

/** Values of the parameters of a delivery's path. */
interface MadeDelivery extends Readonly<Record<string, string>> {
  readonly id: string;
  readonly deliveryId: string;
}

let endpointId = '';
let delivery: MadeDelivery | undefined;

/** A delivery to the endpoint of `makeEndpoint`: its first attempt has failed. */
export async function makeDelivery(door: Door): Promise<MadeDelivery> {
  const { id } = await makeEndpoint(door);
  if (delivery?.id !== id) delivery = await failDelivery(door, id);
  return delivery;
}

/** One endpoint for all calls, and another one after it was removed: a stage has few. Nobody listens at its address. */
export async function makeEndpoint(door: Door): Promise<{ id: string }> {
  const isThere = endpointId !== '' && (await door.call(`/webhooks/${endpointId}`)).status === 200;
  const wanted = { url: 'http://127.0.0.1:9/', events: ['alert.fired'] };
  if (!isThere) endpointId = (await askToMake(door, 'POST /webhooks', wanted)).id;
  return { id: endpointId };
}

async function failDelivery(door: Door, id: string): Promise<MadeDelivery> {
  const { id: deliveryId } = await askToMake(door, `POST /webhooks/${id}/test`);
  for (let tries = 0; tries < 100; tries++) {
    const { body } = await door.call(`/webhooks/${id}/deliveries/${deliveryId}`);
    if (body.attempts.length > 0) return { id, deliveryId };
    await sleep(100);
  }
  throw new Error('the delivery was not attempted within 10 s');
}
