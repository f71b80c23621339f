import { type EventFault, fault } from '../contract/event-fault.ts';
import { MAX_NESTING } from '../contract/limits.ts';

const MARKS = /["{}[\]]/g;
const END_OF_STRING = /(?:[^"\\]|\\.)*"/sy;

/** A text that nests too deep is longer than this, because each level has two brackets. */
export const SHORTEST_DEEP = 2 * MAX_NESTING;

/** Refuses an event that nests deeper than readers of the archive can follow. The text must be JSON. */
export function checkNesting(text: string): EventFault | undefined {
  // A text with few brackets is not too deep either.
  if (text.length <= SHORTEST_DEEP || !hasMoreThan(MAX_NESTING, text)) return undefined;
  if (nesting(text) <= MAX_NESTING) return undefined;
  return fault('', 'shape', `must not nest deeper than ${MAX_NESTING} levels`);
}

/** Whether more than `limit` brackets open, those in strings included. */
function hasMoreThan(limit: number, text: string): boolean {
  let left = limit;
  for (const bracket of '{[') {
    for (let at = text.indexOf(bracket); at >= 0; at = text.indexOf(bracket, at + 1)) if (left-- === 0) return true;
  }
  return false;
}

function nesting(text: string): number {
  let depth = 0;
  let deepest = 0;
  MARKS.lastIndex = 0;
  for (let found = MARKS.exec(text); found; found = MARKS.exec(text)) {
    const [mark] = found;
    if (mark === '"') {
      END_OF_STRING.lastIndex = MARKS.lastIndex;
      END_OF_STRING.test(text);
      MARKS.lastIndex = END_OF_STRING.lastIndex;
    } else if (mark === '{' || mark === '[') deepest = Math.max(deepest, ++depth);
    else depth--;
  }
  return deepest;
}
