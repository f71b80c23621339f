import { orUnavailable } from '../http/answers/or-unavailable.ts';
import type { Problem } from '../http/answers/problem.ts';
import { type ApiResponse, json } from '../http/answers/response.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../http/requests/page-query.ts';
import { readQuery } from '../http/requests/read-query.ts';
import type { RouteInput } from '../http/route.ts';
import { DEFAULT_USERS_PAGE, MAX_USERS_PAGE_BYTES } from './limits.ts';
import { endsByItself, type PresentedUser, presentUser } from './profile/present-user.ts';
import type { UsersDeps } from './users-deps.ts';

const LISTING = 'users';

/**
 * Answers `GET /v1/users`, in ascending order of user ids. A page of large profiles may have fewer items than requested.
 */
export function createListUsers(deps: UsersDeps): (input: RouteInput) => Promise<ApiResponse | Problem> {
  return async ({ request }) => {
    const query = readQuery(request.query, ['limit', 'cursor']);
    const paging = { listing: LISTING, defaultLimit: DEFAULT_USERS_PAGE, maxLimit: MAX_PAGE, cursors: deps.cursors };
    const page = await orUnavailable(deps, 'the list', readPageQuery(query, paging));
    if (page.kind === 'problem') return page;
    if (page.value.kind === 'problem') return page.value;
    const answer = await orUnavailable(deps, 'the list', readPage(deps, page.value));
    return answer.kind === 'problem' ? answer : json(200, answer.value);
  };
}

/** One page, from one request to the store. Its cost does not depend on the length of the list. */
async function readPage(deps: UsersDeps, { after, limit }: PageQuery): Promise<object> {
  const { users, hasMore } = await deps.store.list({ after, limit });
  const presented = await Promise.all(users.map((user) => presentUser(user, deps.presentAvatar)));
  const items = presented.slice(0, countFitting(presented));
  const last = users[items.length - 1];
  const isLast = !hasMore && items.length === users.length;
  return last && !isLast ? { items, cursor: await deps.cursors.seal(LISTING, last.userId) } : { items };
}

/**
 * The number of users that fit into one answer, at least one. The store limits the bytes that it reads, but avatars have
 * addresses, and each address may be longer than a profile.
 */
function countFitting(items: readonly PresentedUser[]): number {
  // To measure a page costs as much as to answer it, and most pages have no addresses.
  if (!items.some(endsByItself)) return items.length;
  let bytes = 0;
  const over = items.findIndex((item) => {
    // The function's answer has the body as a string, in which each quote takes another byte.
    bytes += Buffer.byteLength(JSON.stringify(JSON.stringify(item)));
    return bytes > MAX_USERS_PAGE_BYTES;
  });
  return over < 0 ? items.length : Math.max(over, 1);
}
