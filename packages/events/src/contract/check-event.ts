import type { EventFault } from './event-fault.ts';
import { isAction, isId, isInteger, isUserId, isValue } from './event-fields.ts';
import type { IncomingEvent } from './event-schema.ts';
import { findEventFaults } from './find-event-faults.ts';
import { findPropertyFaults } from './find-property-faults.ts';
import { EARLIEST_TIMESTAMP, MAX_LEAD_MS } from './limits.ts';
import { parseTimestamp } from './parse-timestamp.ts';

/** The content of an event that satisfies the contract. */
export interface CheckedEvent {
  readonly ok: true;
  readonly id: string | undefined;
  readonly userId: string;
  readonly action: string;
  /** Epoch milliseconds, an integer. */
  readonly timestamp: number;
  readonly value: number;
}

export type EventCheck = CheckedEvent | EventFault;

type Fields = { readonly [K in keyof IncomingEvent]?: unknown };

/**
 * Checks one parsed event against the contract. `arrival` (epoch milliseconds) bounds its timestamp. Of several faults
 * it names the first that `findEventFaults` finds. The caller checks the size of the event's text, because only the
 * caller has the text.
 */
export function checkEvent(event: unknown, arrival: number): EventCheck {
  return readEvent(event, arrival) ?? (findEventFaults(event, arrival)[0] as EventFault);
}

/** Undefined if anything is wrong. Most events are right, and nothing more is made for those. */
function readEvent(event: unknown, arrival: number): CheckedEvent | undefined {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) return undefined;
  const { id, userId, action, timestamp, value = 0, properties } = event as Fields;
  if (!isUserId(userId) || !isAction(action) || !isId(id) || !isValue(value)) return undefined;
  const ms = typeof timestamp === 'string' ? parseTimestamp(timestamp) : timestamp;
  if (!isInteger(ms) || ms < EARLIEST_TIMESTAMP || ms > arrival + MAX_LEAD_MS) return undefined;
  if (properties !== undefined && findPropertyFaults(properties).length > 0) return undefined;
  // Adding 0 turns -0 into 0: minima and maxima then do not depend on the order of events.
  return { ok: true, id, userId, action, timestamp: ms, value: value + 0 };
}
