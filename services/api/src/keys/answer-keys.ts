import type { KeysStore, StoredKey } from '@weir/dynamodb/keys';
import type { Log } from '@weir/logging';
import { attempt } from '../http/attempt.ts';
import type { Cursors } from '../http/cursor.ts';
import { type PageQuery, readPageQuery } from '../http/page-query.ts';
import { BOOTSTRAP } from '../http/principal.ts';
import { type Problem, problem } from '../http/problem.ts';
import { readQuery } from '../http/read-query.ts';
import { type ApiResponse, empty, json } from '../http/response.ts';
import type { RouteInput } from '../http/route.ts';
import { DEFAULT_KEYS_PAGE, MAX_PAGE } from '../limits.ts';
import { createKeyText, identifyKeyText, isKeyId } from './key-text.ts';
import { readNewKey } from './new-key.ts';
import { KEY_STATUSES, type KeyStatus, presentKey, statusOf } from './present-key.ts';

/** What the routes of keys need. */
export interface KeysDeps {
  readonly store: KeysStore;
  readonly cursors: Cursors;
  readonly now: () => number;
  /** 32 random bytes, good enough for secrets. */
  readonly random: () => Uint8Array;
  readonly log: Log;
  /** For all that one request reads or writes. */
  readonly budgetMs: number;
}

/** Answers one route. */
export type AnswerRoute = (input: RouteInput) => Promise<ApiResponse | Problem>;

/** The keys read for a page at once: more than asked for where most are filtered out. */
const READ_AT_ONCE = 100;

const NO_SUCH_KEY = problem('resource-not-found', 'there is no such key');

/** Answers `POST /v1/keys`: the only time that a key's text is told. */
export function createAnswerNewKey(deps: KeysDeps): AnswerRoute {
  return async ({ request, principal }) => {
    const now = deps.now();
    const wanted = readNewKey(request, principal, now);
    if (wanted.kind === 'problem') return wanted;
    const { kind: _kind, ...given } = wanted;
    const text = createKeyText(deps.random());
    const key: StoredKey = { ...identifyKeyText(text), ...given, createdAt: now, createdBy: principal.keyId };
    const added = await attempt(deps, 'the keys', deps.store.add(key));
    if (added.kind === 'problem') return added;
    deps.log.info('Made a key', { madeKeyId: key.id, byKeyId: principal.keyId });
    return json(201, { ...presentKey(key, now), key: text });
  };
}

/** The keys of a page, and the last one's id where there may be more. */
async function readPage(
  { store, now }: KeysDeps,
  { after, limit }: PageQuery,
  status: KeyStatus | undefined,
): Promise<{ keys: StoredKey[]; last: string | undefined }> {
  const keys: StoredKey[] = [];
  let from = after;
  do {
    const page = await store.list({ after: from, limit: Math.max(limit, READ_AT_ONCE) });
    keys.push(...page.keys.filter((key) => status === undefined || statusOf(key, now()) === status));
    from = page.next;
  } while (from !== undefined && keys.length < limit);
  const hasMore = keys.length > limit || from !== undefined;
  const shown = keys.slice(0, limit);
  return { keys: shown, last: hasMore ? shown.at(-1)?.id : undefined };
}

/** Answers `GET /v1/keys`, ascending by id: removed and expired keys too, unless `status` says otherwise. */
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
    const asked = await attempt(deps, 'the keys', readPageQuery({ values, faults }, paging));
    if (asked.kind === 'problem') return asked;
    if (asked.value.kind === 'problem') return asked.value;
    const page = await attempt(deps, 'the keys', answerPage(deps, asked.value, { status, listing: paging.listing }));
    return page.kind === 'problem' ? page : json(200, page.value);
  };
}

async function answerPage(
  deps: KeysDeps,
  asked: PageQuery,
  { status, listing }: { readonly status: KeyStatus | undefined; readonly listing: string },
): Promise<object> {
  const { keys, last } = await readPage(deps, asked, status);
  const items = keys.map((key) => presentKey(key, deps.now()));
  return last === undefined ? { items } : { items, cursor: await deps.cursors.seal(listing, last) };
}

/** Answers `DELETE /v1/keys/{id}`. A key may remove itself; removing a removed one changes nothing. */
export function createAnswerRemoveKey(deps: KeysDeps): AnswerRoute {
  return async ({ params: { id = '' }, principal }) => {
    if (id === BOOTSTRAP.keyId)
      return problem('conflict', 'the bootstrap key is replaced in Secrets Manager, not here');
    if (!isKeyId(id)) return NO_SUCH_KEY;
    const removing = deps.store.remove(id, { at: deps.now(), by: principal.keyId });
    const removal = await attempt(deps, 'the keys', removing);
    if (removal.kind === 'problem') return removal;
    if (removal.value === 'unknown') return NO_SUCH_KEY;
    deps.log.info('Removed a key', { removedKeyId: id, byKeyId: principal.keyId });
    return empty(204);
  };
}
