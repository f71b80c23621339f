import { setTimeout as sleep } from 'node:timers/promises';
import { askReport } from './ask-report.ts';
import type { Doors } from './doors.ts';

/** Creates the resource of a path, and gives the values of the path's parameters. */
type Make = (door: Pick<Doors, 'call' | 'putAudit'>) => Promise<Readonly<Record<string, string>>>;

let made = 0;

async function send(door: Parameters<Make>[0], request: string, body?: object): Promise<{ id: string }> {
  const [method = 'GET', path = ''] = request.split(' ');
  const init = body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
  const answer = await door.call(path, { method, ...init });
  if (answer.status >= 300) throw new Error(`${request}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

async function makeUser(door: Parameters<Make>[0]): Promise<{ userId: string }> {
  made += 1;
  const userId = `contract ${made}`;
  await send(door, `PUT /users/${encodeURIComponent(userId)}`, { name: 'Zoë' });
  return { userId };
}

async function makeKey(door: Parameters<Make>[0]): Promise<{ id: string }> {
  return { id: (await send(door, 'POST /keys', { name: 'contract', scopes: ['metrics:read'] })).id };
}

async function makeErasure(door: Parameters<Make>[0]): Promise<{ id: string }> {
  const { userId } = await makeUser(door);
  return { id: (await send(door, `DELETE /users/${encodeURIComponent(userId)}`)).id };
}

async function makeReport(door: Parameters<Make>[0]): Promise<{ id: string }> {
  return { id: await askReport(door) };
}

async function makeAudit(door: Parameters<Make>[0]): Promise<{ date: string }> {
  const date = '2025-11-24';
  await door.putAudit(date);
  return { date };
}

/** Values of the parameters of a delivery's path. */
interface MadeDelivery extends Readonly<Record<string, string>> {
  readonly id: string;
  readonly deliveryId: string;
}

let endpointId = '';
let delivery: MadeDelivery | undefined;

/** One endpoint for all calls, and another one after it was removed: a stage has few. Nobody listens at its address. */
async function makeEndpoint(door: Parameters<Make>[0]): Promise<{ id: string }> {
  const isThere = endpointId !== '' && (await door.call(`/webhooks/${endpointId}`)).status === 200;
  const wanted = { url: 'http://127.0.0.1:9/', events: ['alert.fired'] };
  if (!isThere) endpointId = (await send(door, 'POST /webhooks', wanted)).id;
  return { id: endpointId };
}

/** A delivery to this endpoint whose first attempt has failed. */
export async function makeDelivery(door: Parameters<Make>[0]): Promise<MadeDelivery> {
  const { id } = await makeEndpoint(door);
  if (delivery?.id !== id) delivery = await failDelivery(door, id);
  return delivery;
}

async function failDelivery(door: Parameters<Make>[0], id: string): Promise<MadeDelivery> {
  const { id: deliveryId } = await send(door, `POST /webhooks/${id}/test`);
  for (let tries = 0; tries < 100; tries++) {
    const { body } = await door.call(`/webhooks/${id}/deliveries/${deliveryId}`);
    if (body.attempts.length > 0) return { id, deliveryId };
    await sleep(100);
  }
  throw new Error('the delivery was not attempted within 10 s');
}

/** The resources that must exist before the operations below a path can be called, for each path that needs any. */
export const FIXTURES: readonly (readonly [path: string, make: Make])[] = [
  ['/users/{userId}', makeUser],
  ['/keys/{id}', makeKey],
  ['/erasures/{id}', makeErasure],
  ['/reports/{id}', makeReport],
  ['/audits/{date}', makeAudit],
  ['/webhooks/{id}/deliveries/{deliveryId}', makeDelivery],
  ['/webhooks/{id}', makeEndpoint],
];
