import type { DecodedEvent } from './stream-record.ts';

/** Where the text of an event is. */
export type TextRange = Pick<DecodedEvent, 'bytes' | 'start' | 'end'>;

/** The event's own JSON text, on one line, as it was sent. */
export function textOf({ bytes, start, end }: TextRange): string {
  return bytes.toString('utf8', start, end);
}
