import { checkProperties } from './check-properties.ts';
import { type EventFault, fault } from './event-fault.ts';
import { eventSchema, type IncomingEvent } from './event-schema.ts';
import { earliestTimestamp, maxLeadMs } from './limits.ts';
import { parseTimestamp } from './parse-timestamp.ts';

/** What an event says, once it is known to satisfy the contract. */
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

const { id: idRule, userId: userIdRule, action: actionRule, value: valueRule } = eventSchema.properties;
const idPattern = new RegExp(idRule.pattern);
const actionPattern = new RegExp(actionRule.pattern);

const says = {
  id: `must be ${idRule.minLength} to ${idRule.maxLength} printable ASCII characters`,
  userId: `must be a string of ${userIdRule.minLength} to ${userIdRule.maxLength} characters`,
  action: `must be ${actionRule.minLength} to ${actionRule.maxLength} of A-Z a-z 0-9 . _ : - and not begin with __`,
  step: 'must not be . or .., which are steps in a path, so that nobody could ask for it: give the action a name',
  timestamp: 'must be an integer (epoch milliseconds) or an RFC 3339 date-time',
  early: 'must not be before 2000-01-01',
  late: 'must not be more than 24 hours after arrival',
  value: `must be a finite number from ${valueRule.minimum} to ${valueRule.maximum}`,
};

/**
 * Checks one parsed event against the contract. `arrival` (epoch milliseconds) bounds its timestamp.
 * Of several faults it names one, and one that JSON Schema can say before the others. The size of the event's text
 * is the caller's to check, as only the caller has the text.
 */
export function checkEvent(event: unknown, arrival: number): EventCheck {
  if (typeof event !== 'object' || event === null || Array.isArray(event))
    return fault('', 'shape', 'must be an object');
  const { id, userId, action, timestamp, value = 0, properties } = event as Fields;
  if (!isUserId(userId)) return wrong('userId', userId);
  if (!isAction(action)) return isStep(action) ? fault('/action', 'shape', says.step) : wrong('action', action);
  const ms = typeof timestamp === 'string' ? parseTimestamp(timestamp) : timestamp;
  if (!isInteger(ms)) return wrong('timestamp', timestamp);
  if (!isId(id)) return wrong('id', id);
  if (!isValue(value)) return wrong('value', value);
  if (properties !== undefined) {
    const found = checkProperties(properties);
    if (found !== undefined) return found;
  }
  if (ms < earliestTimestamp) return fault('/timestamp', 'timestamp-range', says.early);
  if (ms > arrival + maxLeadMs) return fault('/timestamp', 'timestamp-range', says.late);
  // Adding 0 turns -0 into 0, so that minima and maxima do not depend on the order of events.
  return { ok: true, id, userId, action, timestamp: ms, value: value + 0 };
}

function wrong(field: 'id' | 'userId' | 'action' | 'timestamp' | 'value', found: unknown): EventFault {
  return fault(`/${field}`, 'shape', found === undefined ? 'is missing' : says[field]);
}

function isId(id: unknown): id is string | undefined {
  return id === undefined || (typeof id === 'string' && id.length <= idRule.maxLength && idPattern.test(id));
}

/** JSON Schema counts code points, and a string has at most twice as many UTF-16 units. */
function isUserId(userId: unknown): userId is string {
  if (typeof userId !== 'string' || userId.length < userIdRule.minLength) return false;
  if (userId.length <= userIdRule.maxLength) return true;
  return userId.length <= 2 * userIdRule.maxLength && [...userId].length <= userIdRule.maxLength;
}

function isAction(action: unknown): action is string {
  return typeof action === 'string' && action.length <= actionRule.maxLength && actionPattern.test(action);
}

/** Clients and gateways take these for steps in a path, encoded or not. */
function isStep(action: unknown): boolean {
  return action === '.' || action === '..';
}

function isInteger(ms: unknown): ms is number {
  return Number.isInteger(ms);
}

/** The comparisons also refuse NaN and the infinities: `JSON.parse` reads 1e999 as Infinity. */
function isValue(value: unknown): value is number {
  return typeof value === 'number' && value >= valueRule.minimum && value <= valueRule.maximum;
}
