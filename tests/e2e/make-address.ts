import { unsubscribeToken } from '@weir/mail';
import { askToMake } from './ask-to-make.ts';
import type { Doors } from './doors.ts';

let made = 0;

/** Adds an address of its own that gets no reports. */
export async function makeAddress(door: Pick<Doors, 'call'>): Promise<{ id: string }> {
  made += 1;
  const address = `made-${made}@shop.example`;
  return { id: (await askToMake(door, 'POST /addresses', { address, receives: [] })).id };
}

/** The token of the link in the mails to an address of its own. */
export async function makeLink(door: Pick<Doors, 'call' | 'addresses'>): Promise<{ token: string }> {
  const { id } = await makeAddress(door);
  const { secret = '' } = (await door.addresses.findAddress(id)) ?? {};
  return { token: unsubscribeToken({ addressId: id, secret }) };
}
