import { checkNesting } from './check-nesting.ts';
import { checkSurrogates } from './check-surrogates.ts';
import type { EventFault } from './event-fault.ts';

/** Checks what only the text of an event tells, unknown fields included. `event` is what it says, and an object. */
export function checkText(text: string, event: unknown): EventFault | undefined {
  return checkNesting(text) ?? checkSurrogates(text, event);
}
