import { checkEvent, maxEventBytes } from '@weir/events';
import { InvalidEventError } from './errors.ts';
import type { NamedEvent, ProducerEvent } from './types.ts';

/** What an entry takes beside its data, about: it keeps the event and its id. */
const OVERHEAD_BYTES = 256;

/** An event on its way: its text is made once, so that each attempt sends the same. */
export interface Entry {
  readonly event: NamedEvent;
  readonly data: Uint8Array;
  /** What it takes in memory, about. */
  readonly bytes: number;
}

/** Checks an event and writes it down. Throws `InvalidEventError` for what Weir would refuse. */
export function toEntry(given: ProducerEvent, { id, now }: { id: () => string; now: number }): Entry {
  const event: NamedEvent = { ...given, id: given.id ?? id() };
  const text = JSON.stringify(event);
  // Checked as it arrives there: a value of NaN has become null.
  const checked = checkEvent(JSON.parse(text), now);
  if (!checked.ok) throw new InvalidEventError(checked.pointer, checked.detail);
  const data = Buffer.from(text);
  if (data.length > maxEventBytes)
    throw new InvalidEventError('', `has ${data.length} bytes, at most ${maxEventBytes} are accepted`);
  return { event, data, bytes: 2 * data.length + OVERHEAD_BYTES };
}
