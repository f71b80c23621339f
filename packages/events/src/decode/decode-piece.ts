import { checkEvent } from '../contract/check-event.ts';
import type { EventFault } from '../contract/event-fault.ts';
import { maxEventBytes } from '../contract/limits.ts';
import { checkText } from '../json-text/check-text.ts';
import type { TextRange } from '../records/event-text.ts';
import type { Piece } from '../records/split-payload.ts';
import type { Decoded, Refusal, RefusalReason, StreamRecord } from '../records/stream-record.ts';
import { AcceptedEvent } from './accepted-event.ts';

/** Checks what stands at one index of a record. */
export function decodePiece(record: StreamRecord, index: number, piece: Piece): Decoded {
  if (!piece.ok) return refusalOf(record, index, piece, piece);
  // The bytes may have white space around the event: only then they have to be counted again.
  if (piece.bytes.length > maxEventBytes && Buffer.byteLength(piece.text) > maxEventBytes) {
    return refusalOf(record, index, piece, { reason: 'too-large', detail: `must have at most ${maxEventBytes} bytes` });
  }
  const check = checkEvent(piece.value, record.arrival);
  if (!check.ok) return refusalOf(record, index, piece, explain(check));
  const found = checkText(piece.text);
  return found
    ? refusalOf(record, index, piece, explain(found))
    : new AcceptedEvent(record, index, check, rangeOf(piece));
}

/** The text alone: the piece's bytes may have white space around it, and line breaks in it. */
function rangeOf({ text }: { readonly text: string }): TextRange {
  const bytes = Buffer.from(text);
  return { bytes, start: 0, end: bytes.length };
}

/** A refusal at its position, with the refused bytes. */
export function refusalOf(
  record: StreamRecord,
  index: number,
  { bytes }: { readonly bytes: Uint8Array },
  { reason, detail }: { readonly reason: RefusalReason; readonly detail: string },
): Refusal {
  const { sequenceNumber, arrival } = record;
  return { kind: 'refusal', sequenceNumber, index, arrival, reason, detail, data: bytes };
}

/** The detail begins with the JSON pointer, where there is one. */
export function explain({ pointer, reason, detail }: EventFault): { reason: RefusalReason; detail: string } {
  return { reason, detail: pointer === '' ? detail : `${pointer}: ${detail}` };
}
