import { type Address, addressIdOf, MAX_ADDRESSES } from '@weir/dynamodb/addresses';
import { isMailAddress, makeUnsubscribeSecret } from '@weir/mail';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, json } from '../../http/answers/response.ts';
import { createCheck } from '../../http/bodies/check-value.ts';
import { badBody, readBody } from '../../http/bodies/read-body.ts';
import type { RouteInput } from '../../http/route.ts';
import { newAddressSchema } from './address-schema.ts';
import type { AddressesDeps } from './addresses-deps.ts';
import { MAX_ADDRESS_BODY_BYTES } from './limits.ts';
import { presentAddress } from './present-address.ts';

const check = createCheck(newAddressSchema);

const UNMAILABLE = {
  pointer: '/address',
  detail: 'must be an address such as zoe@shop.example, in ASCII; write other letters of a host in Punycode',
};

interface Wanted {
  readonly address: string;
  readonly receives: readonly string[];
}

/** Answers `POST /v1/addresses`: adds an address, or changes what it gets. One that has ended stays as it is. */
export async function addAddress(
  deps: AddressesDeps,
  { request, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  const body = readBody(request, check, MAX_ADDRESS_BODY_BYTES);
  if (body.kind === 'problem') return body;
  if (!isMailAddress(body.value.address)) return badBody([UNMAILABLE]);
  const written = await orUnavailable(deps, 'the addresses', write(deps, body.value));
  if (written.kind === 'problem') return written;
  if ('kind' in written.value) return written.value;
  const { stored, isNew } = written.value;
  deps.log.info(isNew ? 'Added an address' : 'Changed an address', { addressId: stored.id, byKeyId: principal.keyId });
  const answer = presentAddress(stored);
  return isNew ? json(201, answer, { location: `/v1/addresses/${stored.id}` }) : json(200, answer);
}

interface Written {
  readonly stored: Address;
  readonly isNew: boolean;
}

async function write({ addresses, now, random }: AddressesDeps, wanted: Wanted): Promise<Written | Problem> {
  const id = addressIdOf(wanted.address);
  const added = { ...wanted, id, secret: makeUnsubscribeSecret(random()), createdAt: now() };
  const outcome = await addresses.addAddress(added, MAX_ADDRESSES);
  if (outcome === 'full') return problem('conflict', `the stage has ${MAX_ADDRESSES} addresses; remove one first`);
  if (outcome === 'added') {
    const { createdAt } = added;
    return { stored: { ...added, status: 'active', reason: undefined, updatedAt: createdAt }, isNew: true };
  }
  const stored = await addresses.setReceives(id, wanted.receives, now());
  return stored ? { stored, isNew: false } : explain(await addresses.findAddress(id));
}

function explain(found: Address | undefined): Problem {
  if (!found) return problem('conflict', 'the address was removed at the same time; send the request again');
  const detail = `the address is ${found.status}: remove it first (DELETE /v1/addresses/${found.id}), if its reader wants mail again`;
  return problem('conflict', detail);
}
