import { type EventFault, fault } from '../contract/event-fault.ts';
import { maxNesting } from '../contract/limits.ts';

const marks = /["{}[\]]/g;
const endOfString = /(?:[^"\\]|\\.)*"/sy;

/** A text that nests too deep has more characters, as each level has two brackets. */
export const shortestDeep = 2 * maxNesting;

/** Refuses an event that nests deeper than readers of the archive can follow. The text is JSON. */
export function checkNesting(text: string): EventFault | undefined {
  // Nor is a text too deep that has few brackets.
  if (text.length <= shortestDeep || !hasMoreThan(maxNesting, text)) return undefined;
  if (nesting(text) <= maxNesting) return undefined;
  return fault('', 'shape', `must not nest deeper than ${maxNesting} levels`);
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
  marks.lastIndex = 0;
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    const [mark] = found;
    if (mark === '"') {
      endOfString.lastIndex = marks.lastIndex;
      endOfString.test(text);
      marks.lastIndex = endOfString.lastIndex;
    } else if (mark === '{' || mark === '[') deepest = Math.max(deepest, ++depth);
    else depth--;
  }
  return deepest;
}
