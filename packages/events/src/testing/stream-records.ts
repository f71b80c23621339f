import { textOf } from '../records/event-text.ts';
import { padSequenceNumber } from '../records/sequence-number.ts';
import type { Decoded, StreamRecord } from '../records/stream-record.ts';

/** The arrival of every record made here. */
export const ARRIVAL = Date.UTC(2025, 10, 24, 12);

/** A record of the given bytes (a string means its UTF-8). */
export function recordOf(bytes: Uint8Array | string, number = 1): StreamRecord {
  const data = Buffer.from(bytes as string).toString('base64');
  return { sequenceNumber: padSequenceNumber(`${number}`), partitionKey: 'key', arrival: ARRIVAL, data };
}

/** A good event with the given fields changed. */
export function eventWith(fields: object = {}): Record<string, unknown> {
  return { userId: 'u_42', action: 'checkout', timestamp: ARRIVAL, ...fields };
}

/** The text of a good event with the given fields changed. */
export function textWith(fields: object = {}): string {
  return JSON.stringify(eventWith(fields));
}

/** Decoded events with their text as a string. */
export function withTexts(decoded: readonly Decoded[]): object[] {
  return decoded.map((each) => {
    if (each.kind === 'refusal') return each;
    const { bytes, start, end, ...rest } = each;
    return { ...rest, text: textOf({ bytes, start, end }) };
  });
}
