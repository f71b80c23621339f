import { askReport } from './ask-report.ts';
import { askToMake } from './ask-to-make.ts';
import type { Doors } from './doors.ts';
import { makeAddress, makeLink } from './make-address.ts';
import { makeDelivery, makeEndpoint } from './make-delivery.ts';

/** Creates the resource of a path, and gives the values of the path's parameters. */
type Make = (door: Pick<Doors, 'call' | 'putAudit' | 'addresses'>) => Promise<Readonly<Record<string, string>>>;

let made = 0;

async function makeUser(door: Parameters<Make>[0]): Promise<{ userId: string }> {
  made += 1;
  const userId = `contract ${made}`;
  await askToMake(door, `PUT /users/${encodeURIComponent(userId)}`, { name: 'Zoë' });
  return { userId };
}

async function makeKey(door: Parameters<Make>[0]): Promise<{ id: string }> {
  return { id: (await askToMake(door, 'POST /keys', { name: 'contract', scopes: ['metrics:read'] })).id };
}

async function makeErasure(door: Parameters<Make>[0]): Promise<{ id: string }> {
  const { userId } = await makeUser(door);
  return { id: (await askToMake(door, `DELETE /users/${encodeURIComponent(userId)}`)).id };
}

async function makeReport(door: Parameters<Make>[0]): Promise<{ id: string }> {
  return { id: await askReport(door) };
}

async function makeAudit(door: Parameters<Make>[0]): Promise<{ date: string }> {
  const date = '2025-11-24';
  await door.putAudit(date);
  return { date };
}

async function makeAlert(door: Parameters<Make>[0]): Promise<{ id: string }> {
  const rule = { name: 'contract', action: 'a', comparison: 'above', threshold: 1 };
  return { id: (await askToMake(door, 'POST /alerts', rule)).id };
}

/** The resources that must exist before the operations below a path can be called, for each path that needs any. */
export const FIXTURES: readonly (readonly [path: string, make: Make])[] = [
  ['/users/{userId}', makeUser],
  ['/keys/{id}', makeKey],
  ['/erasures/{id}', makeErasure],
  ['/reports/{id}', makeReport],
  ['/audits/{date}', makeAudit],
  ['/alerts/{id}', makeAlert],
  ['/webhooks/{id}/deliveries/{deliveryId}', makeDelivery],
  ['/webhooks/{id}', makeEndpoint],
  ['/addresses/{id}', makeAddress],
  ['/unsubscribe/{token}', makeLink],
];
