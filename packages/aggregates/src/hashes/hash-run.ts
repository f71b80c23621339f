import { BitReader } from '../bytes/bit-reader.ts';
import { BitWriter } from '../bytes/bit-writer.ts';
import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';

export const HASH_BYTES = 8;
/** The fewest bytes that a hash of a run takes. */
export const MIN_HASH_BYTES = HASH_BYTES - 1;
/** A run of at least this many hashes is sorted by the first byte, and only the counts of that byte are written. */
const MIN_SORTED = 64;
const FIRST_BYTES = 256;

/**
 * Writes hashes (high and low word each) whose order has no meaning: `readHashRun` may return them in another order.
 */
export function writeHashRun(out: ByteWriter, words: Uint32Array): void {
  const count = words.length / 2;
  if (count < MIN_SORTED) {
    for (const word of words) out.uint32(word);
    return;
  }
  const ends = writeFirstBytes(out, words);
  const rest = out.claim(count * (HASH_BYTES - 1));
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i] as number;
    const index = (ends[high >>> 24] as number) - 1;
    ends[high >>> 24] = index;
    writeRest(rest, index * (HASH_BYTES - 1), high, words[i + 1] as number);
  }
}

/** The same for hashes in order of their first byte: `readHashRun` returns them in the order they had. */
export function writeSortedHashRun(out: ByteWriter, words: Uint32Array): void {
  if (words.length / 2 < MIN_SORTED) {
    writeHashRun(out, words);
    return;
  }
  writeFirstBytes(out, words);
  const rest = out.claim((words.length / 2) * (HASH_BYTES - 1));
  for (let i = 0, at = 0; i < words.length; i += 2, at += HASH_BYTES - 1) {
    writeRest(rest, at, words[i] as number, words[i + 1] as number);
  }
}

/** Reads as many hashes as `words` has room for. */
export function readHashRun(input: ByteReader, words: Uint32Array): void {
  const count = words.length / 2;
  if (count < MIN_SORTED) {
    for (let i = 0; i < words.length; i++) words[i] = input.uint32();
    return;
  }
  const bits = new BitReader(input);
  let at = 0;
  for (let first = 0; first < FIRST_BYTES; first++) {
    for (let left = bits.readUnary(); left > 0; left--) {
      words[at] = first << 24;
      at += 2;
    }
  }
  if (at !== words.length) throw new CorruptBytesError(`first bytes of ${at / 2} hashes, where there are ${count}`);
  const rest = input.bytes(count * (HASH_BYTES - 1));
  for (let i = 0, from = 0; i < words.length; i += 2, from += HASH_BYTES - 1) readRest(rest, from, words, i);
}

/** Writes how many hashes begin with each byte; returns where each of these groups ends. */
function writeFirstBytes(out: ByteWriter, words: Uint32Array): Uint32Array {
  const ends = new Uint32Array(FIRST_BYTES);
  for (let i = 0; i < words.length; i += 2) {
    const first = (words[i] as number) >>> 24;
    ends[first] = (ends[first] as number) + 1;
  }
  const bits = new BitWriter(out);
  let end = 0;
  for (let first = 0; first < FIRST_BYTES; first++) {
    bits.writeUnary(ends[first] as number);
    end += ends[first] as number;
    ends[first] = end;
  }
  bits.flush();
  return ends;
}

/** All of a hash except its first byte. */
// biome-ignore lint/complexity/useMaxParams: called for each hash, where an object would cost more than the work
function writeRest(into: Uint8Array, at: number, high: number, low: number): void {
  into[at] = high >>> 16;
  into[at + 1] = high >>> 8;
  into[at + 2] = high;
  into[at + 3] = low >>> 24;
  into[at + 4] = low >>> 16;
  into[at + 5] = low >>> 8;
  into[at + 6] = low;
}

// biome-ignore lint/complexity/useMaxParams: called for each hash, where an object would cost more than the work
function readRest(from: Uint8Array, at: number, words: Uint32Array, i: number): void {
  words[i] = (words[i] as number) | byteAt(from, at, 16) | byteAt(from, at + 1, 8) | byteAt(from, at + 2, 0);
  words[i + 1] =
    byteAt(from, at + 3, 24) | byteAt(from, at + 4, 16) | byteAt(from, at + 5, 8) | byteAt(from, at + 6, 0);
}

function byteAt(from: Uint8Array, at: number, shift: number): number {
  return (from[at] as number) << shift;
}
