import { InvalidEventError } from './event-errors.ts';
import type { ClientEvent, NamedEvent } from './types.ts';

/** An event on its way. Its text is made once, and each attempt sends the same text. */
export interface Entry {
  readonly event: NamedEvent;
  readonly text: string;
  /** The size of the text in UTF-8. */
  readonly bytes: number;
}

const encoder = new TextEncoder();

/** Gives an event its id and its time, and writes it as text. Throws `InvalidEventError` for what JSON cannot hold. */
export function toEntry(given: ClientEvent, { newId, now }: { newId: () => string; now: () => number }): Entry {
  const { id = newId(), timestamp = now() } = given;
  const event: NamedEvent = { ...given, id, timestamp: timestamp instanceof Date ? timestamp.getTime() : timestamp };
  const text = writeJson(event);
  return { event, text, bytes: encoder.encode(text).length };
}

function writeJson(event: NamedEvent): string {
  try {
    return JSON.stringify(event, refuseUnkept);
  } catch (cause) {
    // A cycle, a BigInt, a toJSON that throws, or a number below.
    throw new InvalidEventError('', `cannot be written as JSON: ${(cause as Error).message}`, { cause });
  }
}

/** JSON would turn these numbers into null, silently. */
function refuseUnkept(name: string, value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError(`${name} is ${value}`);
  return value;
}
