import { type EventFault, fault } from './event-fault.ts';
import { fieldRules, isAction, isId, isInteger, isUserId, isValue } from './event-fields.ts';
import type { IncomingEvent } from './event-schema.ts';
import { findPropertyFaults } from './find-property-faults.ts';
import { EARLIEST_TIMESTAMP, MAX_LEAD_MS } from './limits.ts';
import { parseTimestamp } from './parse-timestamp.ts';
import { suggestMilliseconds } from './suggest-milliseconds.ts';

type Fields = { readonly [K in keyof IncomingEvent]?: unknown };

const EARLY = 'must not be before 2000-01-01';
const LATE = 'must not be more than 24 hours after arrival';
/** Clients and gateways read them as steps, encoded or not. */
const STEP_IN_PATH =
  'must not be . or .., which are steps in a path, and no request could name it: give the action another name';
const IN_QUOTES = 'must be a number without quotes (epoch milliseconds) or an RFC 3339 date-time';

/**
 * Finds everything that is wrong with a parsed event, beginning with what JSON Schema can express; empty if
 * `checkEvent` accepts it. `arrival` (epoch milliseconds) bounds its timestamp.
 */
export function findEventFaults(event: unknown, arrival: number): readonly EventFault[] {
  if (typeof event !== 'object' || event === null || Array.isArray(event)) {
    return [fault('', 'shape', 'must be an object')];
  }
  const { id, userId, action, timestamp, value, properties } = event as Fields;
  const faults: EventFault[] = [];
  if (!isUserId(userId)) faults.push(wrong('userId', userId));
  if (!isAction(action)) faults.push(wrong('action', action));
  const ms = typeof timestamp === 'string' ? parseTimestamp(timestamp) : timestamp;
  if (!isInteger(ms)) faults.push(wrong('timestamp', timestamp));
  if (!isId(id)) faults.push(wrong('id', id));
  if (value !== undefined && !isValue(value)) faults.push(wrong('value', value));
  if (properties !== undefined) faults.push(...findPropertyFaults(properties));
  if (isInteger(ms)) faults.push(...findRangeFaults(ms, arrival));
  const inSchema = (found: EventFault) => found.reason === 'shape';
  return [...faults.filter(inSchema), ...faults.filter((found) => !inSchema(found))];
}

function wrong(field: keyof typeof fieldRules, found: unknown): EventFault {
  if (found === undefined) return fault(`/${field}`, 'shape', 'is missing');
  return fault(`/${field}`, 'shape', explain(field, found) ?? fieldRules[field]);
}

/** A usual mistake, and how to correct it. */
function explain(field: keyof typeof fieldRules, found: unknown): string | undefined {
  if (field === 'action') return found === '.' || found === '..' ? STEP_IN_PATH : undefined;
  if (field !== 'timestamp') return undefined;
  if (typeof found === 'number') return suggestMilliseconds(found);
  return typeof found === 'string' && /^\d+$/.test(found) ? IN_QUOTES : undefined;
}

function findRangeFaults(ms: number, arrival: number): EventFault[] {
  if (ms < EARLIEST_TIMESTAMP) return [fault('/timestamp', 'timestamp-range', suggestMilliseconds(ms) ?? EARLY)];
  return ms > arrival + MAX_LEAD_MS ? [fault('/timestamp', 'timestamp-range', LATE)] : [];
}
