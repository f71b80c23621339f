import type { HttpEvent } from './http-event.ts';

/**
 * Finds the event that takes a request, as API Gateway does: of the events that have the method, or `any`, the one with
 * the most specific path. A path without the method does not hide a less specific path with it.
 */
export function findRoute<Event extends HttpEvent>(
  events: readonly Event[],
  method: string,
  path: string,
): Event | undefined {
  const wanted = method.toLowerCase();
  const fitting = events.flatMap((event) => {
    const has = event.method.toLowerCase();
    const rank = has === wanted || has === 'any' ? rankOf(event.path, path) : undefined;
    return rank === undefined ? [] : [{ event, rank: rank + (has === 'any' ? ANY : '') }];
  });
  return fitting.toSorted((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.event;
}

/** The most specific of the events' paths that a path matches; undefined if it matches none. */
export function findPath(events: readonly HttpEvent[], path: string): string | undefined {
  const fitting = events.flatMap((event) => {
    const rank = rankOf(event.path, path);
    return rank === undefined ? [] : [{ path: event.path, rank }];
  });
  return fitting.toSorted((a, b) => (a.rank < b.rank ? -1 : 1))[0]?.path;
}

/** Letters for segments, and for a method; the text that sorts first is the most specific. */
const LITERAL = 'a';
const VARIABLE = 'b';
const GREEDY = 'c';
const ANY = 'd';

function rankOf(template: string, path: string): string | undefined {
  const wanted = segmentsOf(template);
  const given = segmentsOf(path);
  const isGreedy = wanted.at(-1)?.endsWith('+}') ?? false;
  if (isGreedy ? given.length < wanted.length || given[0] === '' : given.length !== wanted.length) return undefined;
  let rank = '';
  for (const [at, part] of wanted.entries()) {
    if (!part.startsWith('{') && part !== given[at]) return undefined;
    rank += rankOfPart(part);
  }
  return rank;
}

function rankOfPart(part: string): string {
  if (part.endsWith('+}')) return GREEDY;
  return part.startsWith('{') ? VARIABLE : LITERAL;
}

/** Slashes at the ends have no meaning; the root is one empty segment. */
export function segmentsOf(path: string): string[] {
  return path.replace(/^\/|\/$/g, '').split('/');
}
