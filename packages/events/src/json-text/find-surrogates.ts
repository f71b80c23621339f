import { type EventFault, fault } from '../contract/event-fault.ts';
import { findInJson, type Written } from './find-in-json.ts';

/** An escape of half a surrogate pair, or what looks like one. */
const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/**
 * Where a JSON text holds half of a surrogate pair, in a value or a name, at any depth. Strict readers of JSON, for
 * example DuckDB, refuse the whole archive object because of it. In UTF-8 it can only be escaped: the text shows it.
 */
export function findSurrogates(text: string): EventFault[] {
  if (!hasSurrogateEscape(text)) return [];
  return findInJson(text, surrogateFaultOf);
}

/** Whether the text holds escapes of surrogates, in pairs or alone: mostly there are none. */
export function hasSurrogateEscape(text: string): boolean {
  return text.includes('\\u') && SURROGATE_ESCAPE.test(text);
}

/** Half of a surrogate pair in a written text, as a fault. */
export function surrogateFaultOf({ kind, text, pointer }: Written): EventFault | undefined {
  if (kind === 'number' || !hasSurrogateEscape(text) || JSON.parse(text).isWellFormed()) return undefined;
  const subject = kind === 'name' ? 'has a field whose name holds' : 'holds';
  return fault(pointer(), 'shape', `${subject} half of a surrogate pair, which is not a character and has no UTF-8`);
}
