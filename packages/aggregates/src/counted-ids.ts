import { BitReader } from './bit-reader.ts';
import { BitWriter } from './bit-writer.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** The ids that an entry counted. Their order has no meaning, and is not kept. */
export interface CountedIds {
  readonly size: number;
  /** For each id the high and the low word of its hash. */
  readonly hashes: Uint32Array;
  /** For each id its arrival in epoch seconds. */
  readonly arrivals: Uint32Array;
}

const HASH_BYTES = 8;
/** What a run of ids of the same second needs besides: its second and its length. */
const MAX_RUN_BYTES = 10;
const MAX_HEAD_BYTES = 5;
/** From this many ids on, a run is sorted by the first byte, of which only the counts are written. */
const MIN_SORTED = 64;
const FIRST_BYTES = 256;

/** No encoding of that many ids, which arrived in that many different seconds, is longer. */
export function maxCountedIdsBytes({ ids, seconds }: { ids: number; seconds: number }): number {
  return MAX_HEAD_BYTES + HASH_BYTES * ids + MAX_RUN_BYTES * seconds;
}

/**
 * Writes ids as runs that arrived in the same second; `base` is a second near. A thousand hashes in a run take 7.2 bytes
 * each: as their order need not be kept, the first byte costs a bit or so. (Sorting them whole and coding the gaps
 * would save 0.1 more, and made encoding and decoding half as fast.)
 */
export function writeCountedIds(out: ByteWriter, ids: CountedIds, base: number): void {
  const { size, hashes, arrivals } = byArrival(ids);
  let before = base;
  out.varint(size);
  for (let start = 0; start < size; ) {
    const second = arrivals[start] as number;
    let end = start + 1;
    while (end < size && arrivals[end] === second) end++;
    out.zigzag(second - before);
    out.varint(end - start);
    writeRun(out, hashes.subarray(2 * start, 2 * end));
    before = second;
    start = end;
  }
}

export function readCountedIds(input: ByteReader, base: number): CountedIds {
  const size = input.varint();
  const hashes = new Uint32Array(size * 2);
  const arrivals = new Uint32Array(size);
  let second = base;
  for (let start = 0; start < size; ) {
    second += input.zigzag();
    const end = start + input.varint();
    arrivals.fill(second, start, end);
    readRun(input, hashes.subarray(2 * start, 2 * end));
    start = end;
  }
  return { size, hashes, arrivals };
}

/** The ids by second of arrival. A shard delivers them so, or nearly. */
function byArrival(ids: CountedIds): CountedIds {
  const { size, arrivals } = ids;
  let sorted = true;
  for (let i = 1; i < size && sorted; i++) sorted = (arrivals[i - 1] as number) <= (arrivals[i] as number);
  if (sorted) return ids;
  const order = Uint32Array.from({ length: size }, (_, i) => i);
  order.sort((a, b) => (arrivals[a] as number) - (arrivals[b] as number));
  const hashes = new Uint32Array(2 * size);
  for (const [to, from] of order.entries()) hashes.set(ids.hashes.subarray(2 * from, 2 * from + 2), 2 * to);
  return { size, hashes, arrivals: order.map((from) => arrivals[from] as number) };
}

function writeRun(out: ByteWriter, words: Uint32Array): void {
  const count = words.length / 2;
  if (count < MIN_SORTED) {
    for (const word of words) out.uint32(word);
    return;
  }
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
  const rest = out.claim(count * (HASH_BYTES - 1));
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i] as number;
    const place = (ends[high >>> 24] as number) - 1;
    ends[high >>> 24] = place;
    writeRest(rest, place * (HASH_BYTES - 1), high, words[i + 1] as number);
  }
}

function readRun(input: ByteReader, words: Uint32Array): void {
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
  const rest = input.bytes(count * (HASH_BYTES - 1));
  for (let i = 0, from = 0; i < words.length; i += 2, from += HASH_BYTES - 1) readRest(rest, from, words, i);
}

/** All of a hash but its first byte. */
function writeRest(into: Uint8Array, at: number, high: number, low: number): void {
  into[at] = high >>> 16;
  into[at + 1] = high >>> 8;
  into[at + 2] = high;
  into[at + 3] = low >>> 24;
  into[at + 4] = low >>> 16;
  into[at + 5] = low >>> 8;
  into[at + 6] = low;
}

function readRest(from: Uint8Array, at: number, words: Uint32Array, i: number): void {
  words[i] = (words[i] as number) | byteAt(from, at, 16) | byteAt(from, at + 1, 8) | byteAt(from, at + 2, 0);
  words[i + 1] =
    byteAt(from, at + 3, 24) | byteAt(from, at + 4, 16) | byteAt(from, at + 5, 8) | byteAt(from, at + 6, 0);
}

function byteAt(from: Uint8Array, at: number, shift: number): number {
  return (from[at] as number) << shift;
}
