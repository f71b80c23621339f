import { type EventFault, fault } from '../contract/event-fault.ts';
import { findInJson, type Written } from './find-in-json.ts';
import { hasSurrogateEscape, surrogateFaultOf } from './find-surrogates.ts';
import { keepsNumber } from './keeps-number.ts';

/** A number of more digits than every double holds, or with an exponent; or what looks like one. */
const LONG_NUMBER = /[\d.]{16}|\d[eE]/;

/**
 * Finds what a JSON text says that would be another thing once it is parsed and written again: halves of surrogate pairs,
 * and numbers that no double holds. For values that are kept so; an event is kept as its text.
 */
export function findUnkept(text: string): EventFault[] {
  if (!hasSurrogateEscape(text) && !LONG_NUMBER.test(text)) return [];
  return findInJson(text, (written) => surrogateFaultOf(written) ?? numberFaultOf(written));
}

function numberFaultOf({ kind, text, pointer }: Written): EventFault | undefined {
  if (kind !== 'number' || keepsNumber(text)) return undefined;
  return fault(pointer(), 'shape', 'is a number that a double does not hold to its last digit: send it as a string');
}
