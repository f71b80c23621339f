import { badHeader, type Problem } from '../answers/problem.ts';
import type { ApiRequest } from './request.ts';

/** The entity tags of a header: `*`, or the tags as they were sent, with their quotes. */
export type EntityTags = '*' | readonly string[];

/** The preconditions of a request (RFC 9110, section 13). */
export interface Preconditions {
  readonly kind: 'preconditions';
  readonly ifMatch: EntityTags | undefined;
  readonly ifNoneMatch: EntityTags | undefined;
}

/**
 * `holds`: the resource is in an expected state. `not-modified`: the caller already has this state. `failed`: it is not
 * in an expected state.
 */
export type Verdict = 'holds' | 'not-modified' | 'failed';

/** No request needs more tags. The limit bounds the work. */
const MAX_TAGS = 100;
/** An element of a list. It may be empty, as programs that join headers leave empty elements (RFC 9110, 5.6.1.2). */
const ELEMENT = /[ \t]*((?:W\/)?"[!#-~\u0080-\u{10ffff}]*")?[ \t]*(?:,|$)/uy;

/** Reads `If-Match` and `If-None-Match`. */
export function readPreconditions({ headers }: Pick<ApiRequest, 'headers'>): Preconditions | Problem {
  const tags = new Map<string, EntityTags>();
  for (const header of ['If-Match', 'If-None-Match']) {
    const text = headers.get(header.toLowerCase());
    if (text === undefined) continue;
    const found = readTags(text);
    if (found === undefined) return badHeader(header, `must be * or entity tags in quotes, at most ${MAX_TAGS}`);
    tags.set(header, found);
  }
  return { kind: 'preconditions', ifMatch: tags.get('If-Match'), ifNoneMatch: tags.get('If-None-Match') };
}

/**
 * Every tag of a list; undefined if the text is not a list or has no tag. A sender of an empty list has lost its tag, and
 * must not get an unconditional write.
 */
function readTags(text: string): EntityTags | undefined {
  if (text.trim() === '*') return '*';
  const tags: string[] = [];
  ELEMENT.lastIndex = 0;
  while (ELEMENT.lastIndex < text.length) {
    const element = ELEMENT.exec(text);
    if (!element) return undefined;
    if (element[1] !== undefined) tags.push(element[1]);
  }
  return tags.length > 0 && tags.length <= MAX_TAGS ? tags : undefined;
}

/** Whether `etag` (undefined if there is no resource) is among the tags. Only the weak comparison ignores `W/`. */
function isAmong(tags: EntityTags, etag: string | undefined, comparison: 'strong' | 'weak'): boolean {
  if (etag === undefined) return false;
  if (tags === '*') return true;
  return tags.some((tag) => (comparison === 'weak' ? tag.replace(/^W\//, '') : tag) === etag);
}

/** Judges preconditions against the strong tag of the present resource; undefined if there is none. */
export function judge(
  { ifMatch, ifNoneMatch }: Pick<Preconditions, 'ifMatch' | 'ifNoneMatch'>,
  etag: string | undefined,
  purpose: 'read' | 'write',
): Verdict {
  if (ifMatch !== undefined && !isAmong(ifMatch, etag, 'strong')) return 'failed';
  if (ifNoneMatch === undefined || !isAmong(ifNoneMatch, etag, 'weak')) return 'holds';
  return purpose === 'read' ? 'not-modified' : 'failed';
}
