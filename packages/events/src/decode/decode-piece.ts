import { checkEvent } from '../contract/check-event.ts';
import type { EventFault } from '../contract/event-fault.ts';
import { MAX_EVENT_BYTES } from '../contract/limits.ts';
import { checkText } from '../json-text/check-text.ts';
import type { TextRange } from '../records/event-text.ts';
import type { Piece } from '../records/split-payload.ts';
import type { Decoded, Refusal, RefusalReason, StreamRecord } from '../records/stream-record.ts';
import { AcceptedEvent } from './accepted-event.ts';

/** The refused bytes at one index of a record. */
interface Refused {
  readonly record: StreamRecord;
  readonly index: number;
  readonly bytes: Uint8Array;
}

interface Reason {
  readonly reason: RefusalReason;
  readonly detail: string;
}

/** Checks the piece at one index of a record. */
export function decodePiece(record: StreamRecord, index: number, piece: Piece): Decoded {
  const { bytes } = piece;
  if (!piece.ok) return refusalOf({ record, index, bytes }, piece);
  // The bytes may have white space around the event: only then must they be counted again.
  if (bytes.length > MAX_EVENT_BYTES && Buffer.byteLength(piece.text) > MAX_EVENT_BYTES) {
    const detail = `must have at most ${MAX_EVENT_BYTES} bytes`;
    return refusalOf({ record, index, bytes }, { reason: 'too-large', detail });
  }
  const check = checkEvent(piece.value, record.arrival);
  if (!check.ok) return refusalOf({ record, index, bytes }, explain(check));
  const found = checkText(piece.text);
  if (found) return refusalOf({ record, index, bytes }, explain(found));
  return new AcceptedEvent(record, index, check, rangeOf(piece));
}

/** The text alone: the piece's bytes may have white space around it, and line breaks in it. */
function rangeOf({ text }: { readonly text: string }): TextRange {
  const bytes = Buffer.from(text);
  return { bytes, start: 0, end: bytes.length };
}

/** A refusal at its position, with the refused bytes. */
export function refusalOf({ record, index, bytes }: Refused, { reason, detail }: Reason): Refusal {
  const { sequenceNumber, arrival } = record;
  return { kind: 'refusal', sequenceNumber, index, arrival, reason, detail, data: bytes };
}

/** The detail begins with the JSON pointer, if there is one. */
export function explain({ pointer, reason, detail }: EventFault): Reason {
  return { reason, detail: pointer === '' ? detail : `${pointer}: ${detail}` };
}
