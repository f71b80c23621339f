import type { EventFault } from '../contract/event-fault.ts';
import { checkNesting } from './check-nesting.ts';
import { findSurrogates } from './find-surrogates.ts';

/** The first of them. */
export function checkText(text: string): EventFault | undefined {
  return findTextFaults(text)[0];
}

/** Finds the faults that only the text of an event shows, unknown fields included. The text must be a JSON object. */
export function findTextFaults(text: string): readonly EventFault[] {
  const tooDeep = checkNesting(text);
  return tooDeep ? [tooDeep] : findSurrogates(text);
}
