import type { KeysStore, StoredKey } from '@weir/dynamodb/keys';
import { createKeyText, findRemovals, identifyKeyText, isKeyId } from '@weir/keys';
import type { Logger } from '@weir/logging';
import { orUnavailable } from '../http/answers/or-unavailable.ts';
import { badParameters, type Problem, problem } from '../http/answers/problem.ts';
import { type ApiResponse, empty, json } from '../http/answers/response.ts';
import { BOOTSTRAP } from '../http/callers/principal.ts';
import type { Cursors } from '../http/requests/cursor.ts';
import { MAX_PAGE, type PageQuery, readPageQuery } from '../http/requests/page-query.ts';
import { readQuery } from '../http/requests/read-query.ts';
import type { ApiRequest } from '../http/requests/request.ts';
import type { RouteInput } from '../http/route.ts';
import { findMakers } from './find-makers.ts';
import { DEFAULT_KEYS_PAGE } from './limits.ts';
import { readNewKey } from './new-key.ts';
import { KEY_STATUSES, type KeyStatus, type KnownKey, presentKey, statusOf } from './present-key.ts';

/** Dependencies of the keys' routes. */
export interface KeysDeps {
  readonly store: KeysStore;
  readonly cursors: Cursors;
  readonly now: () => number;
  /** Returns 32 random bytes that are good enough for secrets. */
  readonly random: () => Uint8Array;
  readonly log: Logger;
  /** For all reads and writes of one request. */
  readonly budgetMs: number;
}

/** The answer of one route. */
export type AnswerRoute = (input: RouteInput) => Promise<ApiResponse | Problem>;

/** How many keys are read at once for a page: more than requested, as a filter may drop most of them. */
const READ_AT_ONCE = 100;

const NO_SUCH_KEY = problem('resource-not-found', 'there is no such key');

/** Answers `POST /v1/keys`. Only this answer contains the key's text. */
export function createAnswerNewKey(deps: KeysDeps): AnswerRoute {
  return async ({ request, principal }) => {
    const now = deps.now();
    const wanted = readNewKey(request, principal, now);
    if (wanted.kind === 'problem') return wanted;
    const found = await orUnavailable(deps, 'the keys', findMakers(deps.store, principal));
    if (found.kind === 'problem') return found;
    if (found.value.kind === 'problem') return found.value;
    const { makers } = found.value;
    const { kind: _kind, ...given } = wanted;
    const text = createKeyText(deps.random());
    const made = { createdAt: now, createdBy: principal.keyId, makers };
    const key: StoredKey = { ...identifyKeyText(text), ...given, ...made };
    const added = await orUnavailable(deps, 'the keys', deps.store.add(key));
    if (added.kind === 'problem') return added;
    deps.log.info('Made a key', { madeKeyId: key.id, byKeyId: principal.keyId });
    return json(201, { ...presentKey({ key, removal: undefined }, now), key: text });
  };
}

/** The keys of a page, and the id of the last one if there may be more. */
async function readPage(
  { store, now }: KeysDeps,
  { after, limit }: PageQuery,
  status: KeyStatus | undefined,
): Promise<{ keys: KnownKey[]; last: string | undefined }> {
  const keys: KnownKey[] = [];
  let from = after;
  do {
    const page = await store.list({ after: from, limit: Math.max(limit, READ_AT_ONCE) });
    const removals = await findRemovals(store, page.keys);
    const known = page.keys.map((key) => ({ key, removal: removals.get(key.id) }));
    keys.push(...known.filter((each) => status === undefined || statusOf(each, now()) === status));
    from = page.next;
  } while (from !== undefined && keys.length < limit);
  const hasMore = keys.length > limit || from !== undefined;
  const shown = keys.slice(0, limit);
  return { keys: shown, last: hasMore ? shown.at(-1)?.key.id : undefined };
}

/** Answers `GET /v1/keys`, in ascending order of ids. Without `status` it includes removed and expired keys. */
export function createAnswerKeys(deps: KeysDeps): AnswerRoute {
  return async ({ request }) => {
    const query = readQuery(request.query, ['cursor', 'limit', 'status']);
    const { status: given, ...values } = query.values;
    const status = KEY_STATUSES.find((candidate) => candidate === given);
    const fault = { parameter: 'status', detail: `must be one of ${KEY_STATUSES.join(', ')}` };
    const faults = given === status ? query.faults : [...query.faults, fault];
    const { cursors } = deps;
    const paging = {
      listing: `keys?status=${status ?? ''}`,
      defaultLimit: DEFAULT_KEYS_PAGE,
      maxLimit: MAX_PAGE,
      cursors,
    };
    const asked = await orUnavailable(deps, 'the keys', readPageQuery({ values, faults }, paging));
    if (asked.kind === 'problem') return asked;
    if (asked.value.kind === 'problem') return asked.value;
    const page = await orUnavailable(
      deps,
      'the keys',
      answerPage(deps, asked.value, { status, listing: paging.listing }),
    );
    return page.kind === 'problem' ? page : json(200, page.value);
  };
}

async function answerPage(
  deps: KeysDeps,
  asked: PageQuery,
  { status, listing }: { readonly status: KeyStatus | undefined; readonly listing: string },
): Promise<object> {
  const { keys, last } = await readPage(deps, asked, status);
  const items = keys.map((known) => presentKey(known, deps.now()));
  return last === undefined ? { items } : { items, cursor: await deps.cursors.seal(listing, last) };
}

const BOOTSTRAP_STAYS = problem(
  'conflict',
  'replace the bootstrap key in Secrets Manager; remove the keys that it made one by one',
);

/**
 * Whether the key's descendants are removed too. A misspelt value is refused, so that it does not remove fewer keys than
 * the caller meant.
 */
function readDescendants({ query }: ApiRequest): { readonly kind: 'wanted'; readonly descendants: boolean } | Problem {
  const { values, faults } = readQuery(query, ['descendants']);
  const { descendants = 'false' } = values;
  const isBoolean = descendants === 'true' || descendants === 'false';
  const all = isBoolean ? faults : [...faults, { parameter: 'descendants', detail: 'must be true or false' }];
  return all.length > 0 ? badParameters(all) : { kind: 'wanted', descendants: descendants === 'true' };
}

/** Answers `DELETE /v1/keys/{id}`. A key may remove itself. Removing a removed key changes nothing. */
export function createAnswerRemoveKey(deps: KeysDeps): AnswerRoute {
  return async ({ request, params: { id = '' }, principal }) => {
    const wanted = readDescendants(request);
    if (wanted.kind === 'problem') return wanted;
    if (id === BOOTSTRAP.keyId) return BOOTSTRAP_STAYS;
    if (!isKeyId(id)) return NO_SUCH_KEY;
    const { descendants } = wanted;
    const by = { at: deps.now(), by: principal.keyId };
    const removing = descendants ? deps.store.removeTree(id, by) : deps.store.remove(id, by);
    const removal = await orUnavailable(deps, 'the keys', removing);
    if (removal.kind === 'problem') return removal;
    if (removal.value === 'unknown') return NO_SUCH_KEY;
    deps.log.info('Removed a key', { removedKeyId: id, byKeyId: principal.keyId, descendants });
    return empty(204);
  };
}
