import { type EventFault, fault } from '../contract/event-fault.ts';
import { findInJson, type Written } from './find-in-json.ts';
import { hasSurrogateEscape, surrogateFaultOf } from './find-surrogates.ts';
import { keepsNumber } from './keeps-number.ts';

/** A number with more digits than every double holds, or with an exponent; or something that looks like one. */
const LONG_NUMBER = /[\d.]{16}|\d[eE]/;

/**
 * Finds what would change if a JSON text were parsed and written again: halves of surrogate pairs, and numbers that no
 * double holds. Use it for values that are kept in parsed form; an event is kept as its text.
 */
export function findUnkept(text: string): EventFault[] {
  if (!hasSurrogateEscape(text) && !LONG_NUMBER.test(text)) return [];
  return findInJson(text, (written) => surrogateFaultOf(written) ?? numberFaultOf(written));
}

function numberFaultOf({ kind, text, pointer }: Written): EventFault | undefined {
  if (kind !== 'number' || keepsNumber(text)) return undefined;
  return fault(pointer(), 'shape', 'is a number that a double does not hold to its last digit: send it as a string');
}
