import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';
import { HASH_BYTES, MIN_HASH_BYTES, readHashRun, writeHashRun } from '../hashes/hash-run.ts';

/** The events with an id that an entry counted. Their order has no meaning, and is not kept. */
export interface CountedIds {
  readonly size: number;
  /** For each event, the high and the low word of the hash of its action and id. */
  readonly hashes: Uint32Array;
  /** For each event, its arrival in epoch seconds. */
  readonly arrivals: Uint32Array;
}

/** The extra bytes of a run of ids of the same second: its second and its length. */
const MAX_RUN_BYTES = 10;
const MAX_HEAD_BYTES = 5;
const MAX_SECOND = 0xffff_ffff;

/** An upper bound on the encoding of that many ids with that many different seconds of arrival. */
export function maxCountedIdsBytes({ ids, seconds }: { ids: number; seconds: number }): number {
  return MAX_HEAD_BYTES + HASH_BYTES * ids + MAX_RUN_BYTES * seconds;
}

/**
 * Writes ids as runs that arrived in the same second; `base` is a second close to them. A thousand hashes in a run take
 * 7.2 bytes each: their order is not kept, and the first byte therefore costs about one bit. (Sorting whole hashes and
 * coding the gaps would save 0.1 more, and made encoding and decoding half as fast.)
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
    writeHashRun(out, hashes.subarray(2 * start, 2 * end));
    before = second;
    start = end;
  }
}

export function readCountedIds(input: ByteReader, base: number): CountedIds {
  const size = input.count(MIN_HASH_BYTES);
  const hashes = new Uint32Array(size * 2);
  const arrivals = new Uint32Array(size);
  let second = base;
  for (let start = 0; start < size; ) {
    second += input.zigzag();
    const end = start + input.varint();
    if (end === start || end > size) {
      throw new CorruptBytesError(`a run of ${end - start} ids where ${size - start} are left`);
    }
    if (second < 0 || second > MAX_SECOND) throw new CorruptBytesError(`an arrival at second ${second}`);
    arrivals.fill(second, start, end);
    readHashRun(input, hashes.subarray(2 * start, 2 * end));
    start = end;
  }
  return { size, hashes, arrivals };
}

/** The ids by second of arrival. A shard delivers them in this order, or nearly. */
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
