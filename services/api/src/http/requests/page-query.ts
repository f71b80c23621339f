import { badParameters, type Problem } from '../answers/problem.ts';
import type { Cursors } from './cursor.ts';
import type { Query } from './read-query.ts';

/** The most items on one page of a list. */
export const MAX_PAGE = 1_000;

/** The requested page of a list. */
export interface PageQuery {
  readonly kind: 'page';
  /** The most items on the page. */
  readonly limit: number;
  /** The position of the last item before it; undefined for the first page. */
  readonly after: string | undefined;
}

/** How a list is paged. */
export interface Paging {
  /** The list's name, with its filters. A cursor works only in its own list. */
  readonly listing: string;
  readonly defaultLimit: number;
  readonly maxLimit: number;
  readonly cursors: Cursors;
}

/**
 * Reads `limit` and `cursor`. The problem lists every fault of the query. Rejects if the cursors' secret cannot be read.
 */
export async function readPageQuery(
  { values, faults: found }: Query<'limit' | 'cursor'>,
  paging: Paging,
): Promise<PageQuery | Problem> {
  const faults = [...found];
  const limit = readLimit(values.limit, paging);
  if (limit === undefined) faults.push({ parameter: 'limit', detail: `must be a number from 1 to ${paging.maxLimit}` });
  const { cursor } = values;
  const after = cursor === undefined ? undefined : await paging.cursors.open(paging.listing, cursor);
  if (cursor !== undefined && after === undefined) {
    faults.push({ parameter: 'cursor', detail: 'is not a cursor of this list; begin without a cursor' });
  }
  return limit === undefined || faults.length > 0 ? badParameters(faults) : { kind: 'page', limit, after };
}

function readLimit(given: string | undefined, { defaultLimit, maxLimit }: Paging): number | undefined {
  if (given === undefined) return defaultLimit;
  const limit = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  return limit >= 1 && limit <= maxLimit ? limit : undefined;
}
