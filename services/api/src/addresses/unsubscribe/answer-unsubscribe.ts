import { isSecretOf, readUnsubscribeToken } from '@weir/mail';
import { orUnavailable } from '../../http/answers/or-unavailable.ts';
import { type Problem, problem } from '../../http/answers/problem.ts';
import type { ApiResponse } from '../../http/answers/response.ts';
import type { RouteInput } from '../../http/route.ts';
import type { AddressesDeps } from '../list/addresses-deps.ts';
import { unsubscribePage } from './unsubscribe-page.ts';

const NO_SUCH_LINK = problem('resource-not-found', 'this link belongs to no address; it may have been removed');

/** Answers `GET /v1/unsubscribe/{token}`: a button. It changes and reads nothing, as scanners of mail follow links. */
export async function askToUnsubscribe({ params: { token = '' } }: RouteInput): Promise<ApiResponse | Problem> {
  return readUnsubscribeToken(token) ? unsubscribePage('asks') : NO_SUCH_LINK;
}

/**
 * Answers `POST /v1/unsubscribe/{token}`, of the button and of programs for mail, whatever its body: the token says all.
 * It may come again, and whoever has ended before stays as they are.
 */
export async function unsubscribe(
  deps: AddressesDeps,
  { params: { token = '' } }: RouteInput,
): Promise<ApiResponse | Problem> {
  const read = readUnsubscribeToken(token);
  if (!read) return NO_SUCH_LINK;
  const { addresses, now, log } = deps;
  const found = await orUnavailable(deps, 'the address', addresses.findAddress(read.addressId));
  if (found.kind === 'problem') return found;
  if (!found.value || !isSecretOf(read, found.value.secret)) return NO_SUCH_LINK;
  const { id } = found.value;
  const ended = await orUnavailable(
    deps,
    'the address',
    addresses.endAddress(id, { status: 'unsubscribed', at: now() }),
  );
  if (ended.kind === 'problem') return ended;
  if (ended.value) log.info('An address was unsubscribed', { addressId: id });
  return unsubscribePage('done');
}
