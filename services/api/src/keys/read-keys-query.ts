import { badParameter, type Problem } from '../http/problem.ts';
import { readQuery } from '../http/read-query.ts';
import { MAX_PAGE } from '../limits.ts';
import { KEY_STATUSES, type KeyStatus } from './present-key.ts';

/** How many keys are on a page unless a request says it. */
export const DEFAULT_KEYS_PAGE = 100;

/** A checked query; its cursor is still to be opened. */
export interface KeysQuery {
  readonly kind: 'keys-query';
  readonly limit: number;
  readonly status: KeyStatus | undefined;
  readonly cursor: string | undefined;
  /** The answer where it cannot be. */
  readonly badCursor: Problem;
}

/** Reads the query of `GET /v1/keys`. */
export function readKeysQuery(given: ReadonlyMap<string, readonly string[]>): KeysQuery | Problem {
  const query = readQuery(given, ['cursor', 'limit', 'status']);
  if (query.kind === 'problem') return query;
  const { cursor, limit = `${DEFAULT_KEYS_PAGE}` } = query.values;
  const count = /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (count < 1 || count > MAX_PAGE) return badParameter('limit', `must be a number from 1 to ${MAX_PAGE}`);
  const status = KEY_STATUSES.find((candidate) => candidate === query.values.status);
  if (query.values.status !== undefined && status === undefined) {
    return badParameter('status', `must be one of ${KEY_STATUSES.join(', ')}`);
  }
  const badCursor = badParameter('cursor', 'is not one that this list gave out');
  return { kind: 'keys-query', limit: count, status, cursor, badCursor };
}
