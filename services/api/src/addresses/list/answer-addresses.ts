import { isAddressId } from '@weir/dynamodb/addresses';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import { type ApiResponse, empty, json } from '../../http/answers/response.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../../http/requests/page-query.ts';
import { readQuery } from '../../http/requests/read-query.ts';
import type { RouteInput } from '../../http/route.ts';
import type { AddressesDeps } from './addresses-deps.ts';
import { DEFAULT_ADDRESSES_PAGE } from './limits.ts';
import { presentAddress } from './present-address.ts';

const LISTING = 'addresses';
const NO_SUCH_ADDRESS = problem('resource-not-found', 'there is no such address');

/** Answers `GET /v1/addresses`, in ascending order of ids. */
export async function answerAddresses(deps: AddressesDeps, { request }: RouteInput): Promise<ApiResponse | Problem> {
  const query = readQuery(request.query, ['cursor', 'limit']);
  const { cursors } = deps;
  const paging = { listing: LISTING, defaultLimit: DEFAULT_ADDRESSES_PAGE, maxLimit: MAX_PAGE, cursors };
  const page = await orUnavailable(deps, 'the addresses', readPageQuery(query, paging));
  if (page.kind === 'problem') return page;
  if (page.value.kind === 'problem') return page.value;
  const answer = await orUnavailable(deps, 'the addresses', readPage(deps, page.value));
  return answer.kind === 'problem' ? answer : json(200, answer.value);
}

async function readPage({ addresses, cursors }: AddressesDeps, page: PageQuery): Promise<object> {
  const { addresses: found, next } = await addresses.listAddresses(page);
  const items = found.map(presentAddress);
  return next === undefined ? { items } : { items, cursor: await cursors.seal(LISTING, next) };
}

/** Answers `GET /v1/addresses/{id}`. */
export async function answerAddress(
  deps: AddressesDeps,
  { params: { id = '' } }: RouteInput,
): Promise<ApiResponse | Problem> {
  if (!isAddressId(id)) return NO_SUCH_ADDRESS;
  const found = await orUnavailable(deps, 'the address', deps.addresses.findAddress(id));
  if (found.kind === 'problem') return found;
  return found.value ? json(200, presentAddress(found.value)) : NO_SUCH_ADDRESS;
}

/** Answers `DELETE /v1/addresses/{id}`, whatever its status. A rule that names the address adds it again. */
export async function removeAddress(
  deps: AddressesDeps,
  { params: { id = '' }, principal }: RouteInput,
): Promise<ApiResponse | Problem> {
  if (!isAddressId(id)) return NO_SUCH_ADDRESS;
  const removed = await orUnavailable(deps, 'the address', deps.addresses.removeAddress(id));
  if (removed.kind === 'problem') return removed;
  if (!removed.value) return NO_SUCH_ADDRESS;
  deps.log.info('Removed an address', { addressId: id, byKeyId: principal.keyId });
  return empty(204);
}
