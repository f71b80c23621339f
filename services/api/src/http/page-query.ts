import type { Cursors } from './cursor.ts';
import { badParameter, type Problem } from './problem.ts';

/** Which page of a list is asked for. */
export interface PageQuery {
  readonly kind: 'page';
  /** The most items on it. */
  readonly limit: number;
  /** The position of the last item before it; undefined for the first page. */
  readonly after: string | undefined;
}

/** How a list is paged. */
export interface Paging {
  /** The list's name, with its filters: a cursor of one list opens no other. */
  readonly listing: string;
  readonly defaultLimit: number;
  readonly maxLimit: number;
  readonly cursors: Cursors;
}

function readLimit(given: string | undefined, { defaultLimit, maxLimit }: Paging): number | undefined {
  if (given === undefined) return defaultLimit;
  const limit = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  return limit >= 1 && limit <= maxLimit ? limit : undefined;
}

/** Reads `limit` and `cursor`. Rejects where the cursors' secret cannot be read. */
export async function readPageQuery(
  given: { readonly limit?: string; readonly cursor?: string },
  paging: Paging,
): Promise<PageQuery | Problem> {
  const limit = readLimit(given.limit, paging);
  if (limit === undefined) return badParameter('limit', `must be a number from 1 to ${paging.maxLimit}`);
  if (given.cursor === undefined) return { kind: 'page', limit, after: undefined };
  const after = await paging.cursors.open(paging.listing, given.cursor);
  if (after === undefined) return badParameter('cursor', 'is not one that this list gave out');
  return { kind: 'page', limit, after };
}
