import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';

/** The position of an event in its shard. */
export interface Position {
  /** 56 decimal digits. */
  readonly sequenceNumber: string;
  /** From 0, over everything in the record. */
  readonly index: number;
}

/** 14 decimal digits fit into 6 bytes: no big integers are needed. */
const PARTS = 4;
const PART_DIGITS = 14;
const PART_BYTES = 6;
const MAX_PART = 10 ** PART_DIGITS - 1;
const DIGITS = PARTS * PART_DIGITS;
const BYTES = PARTS * PART_BYTES;
/** Stands in place of the length of the common prefix: the sequence number follows as text. */
const TEXT = 255;
const NOTHING = new Uint8Array(BYTES);

/**
 * Writes a position. It leaves out the prefix that its sequence number shares with that of `before` (half of it, in one
 * shard).
 */
export function writePosition(out: ByteWriter, { sequenceNumber, index }: Position, before?: Position): void {
  const bytes = packed(sequenceNumber);
  if (bytes) {
    const known = (before && packed(before.sequenceNumber)) ?? NOTHING;
    let shared = 0;
    while (shared < BYTES && bytes[shared] === known[shared]) shared++;
    out.byte(shared);
    out.bytes(bytes.subarray(shared));
  } else {
    out.byte(TEXT);
    out.text(sequenceNumber);
  }
  out.varint(index);
}

export function readPosition(input: ByteReader, before?: Position): Position {
  const shared = input.byte();
  if (shared === TEXT) return { sequenceNumber: input.text(), index: input.varint() };
  if (shared > BYTES) throw new CorruptBytesError(`a sequence number that shares ${shared} bytes`);
  const bytes = new Uint8Array(BYTES);
  bytes.set(((before && packed(before.sequenceNumber)) ?? NOTHING).subarray(0, shared));
  bytes.set(input.bytes(BYTES - shared), shared);
  return { sequenceNumber: unpacked(bytes), index: input.varint() };
}

/** A sequence number as four times 14 digits of 6 bytes, big-endian; undefined if it does not have 56 digits. */
function packed(sequenceNumber: string): Uint8Array | undefined {
  if (sequenceNumber.length !== DIGITS || !/^\d+$/.test(sequenceNumber)) return undefined;
  const bytes = new Uint8Array(BYTES);
  for (let part = 0; part < PARTS; part++) {
    let rest = Number(sequenceNumber.slice(part * PART_DIGITS, (part + 1) * PART_DIGITS));
    for (let at = (part + 1) * PART_BYTES - 1; at >= part * PART_BYTES; at--) {
      bytes[at] = rest % 256;
      rest = Math.floor(rest / 256);
    }
  }
  return bytes;
}

function unpacked(bytes: Uint8Array): string {
  let digits = '';
  for (let part = 0; part < PARTS; part++) {
    let value = 0;
    for (let at = part * PART_BYTES; at < (part + 1) * PART_BYTES; at++) value = value * 256 + (bytes[at] as number);
    if (value > MAX_PART) throw new CorruptBytesError('a sequence number of more than 56 digits');
    digits += String(value).padStart(PART_DIGITS, '0');
  }
  return digits;
}
