import { checkEvent, checkText, MAX_EVENT_BYTES } from '@weir/events';
import { checkKept } from './check-kept.ts';
import { InvalidEventError } from './errors.ts';
import type { NamedEvent, ProducerEvent } from './types.ts';

/** The memory that an entry takes beside its data, approximately: it keeps the event and its id. */
const OVERHEAD_BYTES = 256;

/** An event on its way: its text is made once, and each attempt sends the same text. */
export interface Entry {
  readonly event: NamedEvent;
  readonly data: Uint8Array;
  /** The memory that it takes, approximately. */
  readonly bytes: number;
}

/** Checks an event and writes it as text. Throws `InvalidEventError` for an event that Weir would refuse. */
export function toEntry(given: ProducerEvent, { id, now }: { id: () => string; now: number }): Entry {
  const { timestamp } = given;
  const named = { ...given, id: given.id ?? id() };
  const event: NamedEvent = timestamp instanceof Date ? { ...named, timestamp: timestamp.getTime() } : named;
  const text = writeJson(event);
  // First checked as Weir receives it, then that Weir receives it as it was given.
  const sent = JSON.parse(text);
  const checked = checkEvent(sent, now);
  const found = checked.ok ? (checkText(text) ?? checkKept(event)) : checked;
  if (found) throw new InvalidEventError(found.pointer, found.detail);
  const data = Buffer.from(text);
  if (data.length > MAX_EVENT_BYTES) {
    throw new InvalidEventError('', `has ${data.length} bytes, at most ${MAX_EVENT_BYTES} are accepted`);
  }
  return { event, data, bytes: 2 * data.length + OVERHEAD_BYTES };
}

function writeJson(event: NamedEvent): string {
  try {
    return JSON.stringify(event);
  } catch (error) {
    // A cycle, a BigInt, a toJSON that throws.
    throw new InvalidEventError('', `cannot be written as JSON: ${error}`, { cause: error });
  }
}
