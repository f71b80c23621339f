import type { DecodedEvent } from './stream-record.ts';

/** Where an event's text stands. */
export type TextRange = Pick<DecodedEvent, 'bytes' | 'start' | 'end'>;

/** The event's own JSON text, on one line, as it was sent. */
export function textOf({ bytes, start, end }: TextRange): string {
  return bytes.toString('utf8', start, end);
}
