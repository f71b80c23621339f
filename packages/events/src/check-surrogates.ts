import { type EventFault, fault } from './event-fault.ts';

/** An escape of half a surrogate pair, or what looks like one. */
const surrogateEscape = /\\u[dD][89a-fA-F]/;
/** Escapes in order: whole pairs first, then any other; of a lone half, the first group has what follows the backslash. */
const escapes = /\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\(u[dD][89a-fA-F]|.)/gs;

const detail = 'holds half of a surrogate pair, which is no character and cannot be written in UTF-8';

/** Whether the text holds escapes of surrogates, in pairs or alone: mostly there are none. */
export function hasSurrogateEscape(text: string): boolean {
  return text.includes('\\u') && surrogateEscape.test(text);
}

/**
 * Refuses an event that holds half of a surrogate pair, wherever: strict readers of JSON, DuckDB for one, refuse the
 * whole archive object for it. In UTF-8 it can only be escaped, so the event's text tells. `event` is what the text says.
 */
export function checkSurrogates(text: string, event: unknown): EventFault | undefined {
  if (!hasSurrogateEscape(text)) return undefined;
  for (const [, single = ''] of text.matchAll(escapes)) {
    if (single.length > 1) return fault(pointerInto(event as object), 'shape', detail);
  }
  return undefined;
}

/** To the field that holds it, as far as it is one of the contract's; else the event as a whole. */
function pointerInto(event: { readonly userId?: unknown; readonly properties?: unknown }): string {
  if (!isWellFormed(event.userId)) return '/userId';
  const isAmongProperties = Object.entries(event.properties ?? {}).some((entry) => !entry.every(isWellFormed));
  return isAmongProperties ? '/properties' : '';
}

function isWellFormed(value: unknown): boolean {
  return typeof value !== 'string' || value.isWellFormed();
}
