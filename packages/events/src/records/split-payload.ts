import { isUtf8 } from 'node:buffer';
import { elementRanges, lineRanges, type Range, trimBlank } from './json-ranges.ts';
import type { RefusalReason } from './stream-record.ts';

/**
 * The most events that one record may hold, refused ones included. The smallest event has 44 bytes: the 1 MiB that
 * Kinesis takes by default hold fewer. Without a limit, a record of a million broken lines would occupy a consumer for
 * seconds.
 */
export const MAX_EVENTS_PER_RECORD = 30_000;

/** The piece of a payload at one index: a parsed value with its text, or bytes from which no event can be read. */
export type Piece =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly text: string; readonly value: unknown }
  | { readonly ok: false; readonly bytes: Uint8Array; readonly reason: RefusalReason; readonly detail: string };

const OPEN_BRACKET = 0x5b;

/**
 * Splits a payload into its pieces at index 0, 1, …: one JSON value, the elements of an array, or one value on each
 * line.
 */
export function splitPayload(bytes: Buffer): Piece[] {
  const range = trimBlank(bytes, { start: 0, end: bytes.length });
  if (range.start === range.end) return [refused(bytes, 'empty', 'holds nothing but white space')];
  const whole = parsePiece(cut(bytes, range));
  if (!whole.ok) return splitLines(bytes) ?? [{ ...whole, bytes }];
  if (bytes[range.start] !== OPEN_BRACKET) return [whole.bytes === bytes ? whole : { ...whole, bytes }];
  const values = whole.value as readonly unknown[];
  if (values.length === 0) return [refused(bytes, 'empty', 'an array without elements')];
  return values.length > MAX_EVENTS_PER_RECORD ? [refusedAsTooMany(bytes)] : splitArray(bytes, range, values);
}

/** Each element keeps its own bytes; the values come from the one parse. */
function splitArray(bytes: Buffer, range: Range, values: readonly unknown[]): Piece[] {
  return elementRanges(bytes, range).map((element, index) => {
    const own = cut(bytes, element);
    return { ok: true, bytes: own, text: textOf(own), value: values[index] };
  });
}

/** Undefined if no line is an object: the payload is then not lines of JSON, but broken as a whole. */
function splitLines(bytes: Buffer): Piece[] | undefined {
  const lines = lineRanges(bytes, MAX_EVENTS_PER_RECORD);
  if (lines.length < 2) return undefined;
  if (lines.length > MAX_EVENTS_PER_RECORD) return [refusedAsTooMany(bytes)];
  const pieces = lines.map((line) => parsePiece(cut(bytes, line)));
  return pieces.some((piece) => piece.ok && typeof piece.value === 'object' && piece.value !== null)
    ? pieces
    : undefined;
}

function parsePiece(bytes: Buffer): Piece {
  if (!isUtf8(bytes)) return refused(bytes, 'not-utf8', 'holds bytes that are not UTF-8');
  const text = textOf(bytes);
  try {
    return { ok: true, bytes, text, value: JSON.parse(text) };
  } catch (error) {
    return refused(bytes, 'not-json', (error as SyntaxError).message);
  }
}

function cut(bytes: Buffer, { start, end }: Range): Buffer {
  return end - start === bytes.length ? bytes : bytes.subarray(start, end);
}

/** Between tokens, a line break is white space like any other; strings in JSON hold none. */
function textOf(bytes: Buffer): string {
  const text = bytes.toString('utf8');
  return text.includes('\n') || text.includes('\r') ? text.replace(/[\r\n]/g, ' ') : text;
}

/** The one piece of a record that holds more than `MAX_EVENTS_PER_RECORD`. */
export function refusedAsTooMany(bytes: Uint8Array): Piece {
  return refused(bytes, 'too-large', `holds more than ${MAX_EVENTS_PER_RECORD} events`);
}

function refused(bytes: Uint8Array, reason: RefusalReason, detail: string): Piece {
  return { ok: false, bytes, reason, detail };
}
