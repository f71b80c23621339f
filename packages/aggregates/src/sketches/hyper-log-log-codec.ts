import { BitReader } from '../bytes/bit-reader.ts';
import { BitWriter } from '../bytes/bit-writer.ts';
import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';

const REGISTERS = 2048;
const MAX_RANK = 33;
const RANK_BITS = 6;
const RANK_MASK = 2 ** RANK_BITS - 1;

/** Up to half of the registers are listed; past that, each register is written. */
const MAX_LISTED = 1024;
/** The head is the number of listed registers, or says that all registers follow: plainly, or around a rank. */
const PLAIN = MAX_LISTED + 1;
const AROUND = MAX_LISTED + 2;
const MAX_HEAD = AROUND + 2 * MAX_RANK + 1;
const PLAIN_BITS = REGISTERS * RANK_BITS;

/** The most bytes that one more value adds to an encoded sketch, and the most bytes of any sketch. */
export const MAX_REGISTER_BYTES = 6;
export const MAX_REGISTERS_BYTES = 2 + PLAIN_BITS / 8;

/** Writes codes (register << 6 | rank, ascending, one for each register); the same codes always give the same bytes. */
export function writeRegisters(out: ByteWriter, codes: readonly number[]): void {
  if (codes.length <= MAX_LISTED) writeListed(out, codes);
  else writeAll(out, codes);
}

/** Reads what `writeRegisters` wrote: registers in ascending order, without empty ones. */
export function readRegisters(input: ByteReader, take: (register: number, rank: number) => void): void {
  const head = input.varint();
  if (head > MAX_HEAD) throw new CorruptBytesError(`registers after ${head}`);
  const bits = new BitReader(input);
  if (head <= MAX_LISTED) {
    readListed(bits, head, take);
    return;
  }
  for (
    let register = 0, rankAt = head === PLAIN ? undefined : rankReader(bits, head - AROUND);
    register < REGISTERS;
    register++
  ) {
    const rank = rankAt ? rankAt() : bits.read(RANK_BITS);
    if (rank < 0 || rank > MAX_RANK) throw corrupt(register, rank);
    if (rank > 0) take(register, rank);
  }
}

/** Gaps in a Rice code; ranks (each step is half as likely as the one before) in unary. */
function writeListed(out: ByteWriter, codes: readonly number[]): void {
  const shift = gapShift(codes.length);
  if (listedBits(codes, shift) > PLAIN_BITS) {
    writePlain(out, codes);
    return;
  }
  out.varint(codes.length);
  const bits = new BitWriter(out);
  let next = 0;
  for (const code of codes) {
    const register = code >>> RANK_BITS;
    const gap = register - next;
    bits.writeUnary(gap >>> shift);
    bits.write(gap & ((1 << shift) - 1), shift);
    bits.writeUnary((code & RANK_MASK) - 1);
    next = register + 1;
  }
  bits.flush();
}

function readListed(bits: BitReader, count: number, take: (register: number, rank: number) => void): void {
  const shift = gapShift(count);
  let next = 0;
  for (let i = 0; i < count; i++) {
    const quotient = bits.readUnary();
    const register = next + (quotient << shift) + bits.read(shift);
    const rank = bits.readUnary() + 1;
    if (quotient > REGISTERS || register >= REGISTERS || rank > MAX_RANK) throw corrupt(register, rank);
    take(register, rank);
    next = register + 1;
  }
}

function corrupt(register: number, rank: number): CorruptBytesError {
  return new CorruptBytesError(`rank ${rank} of register ${register}`);
}

function listedBits(codes: readonly number[], shift: number): number {
  let total = 0;
  let next = 0;
  for (const code of codes) {
    const register = code >>> RANK_BITS;
    total += ((register - next) >>> shift) + 1 + shift + (code & RANK_MASK);
    next = register + 1;
  }
  return total;
}

/** The best Rice parameter for gaps of 2048 / count: the power of two next below ln 2 times that. */
function gapShift(count: number): number {
  let shift = 0;
  while (count << (shift + 1) <= Math.LN2 * REGISTERS && shift < 10) shift++;
  return shift;
}

/** Ranks lie around one rank that grows with the number of values. They become rare faster below it than above it. */
function writeAll(out: ByteWriter, codes: readonly number[]): void {
  const ranks = ranksOf(codes);
  const around = bestAround(ranks);
  if (around.bits > PLAIN_BITS) {
    writePlain(out, codes);
    return;
  }
  out.varint(AROUND + around.centre * 2 + around.shift);
  const bits = new BitWriter(out);
  for (const rank of ranks) {
    const order = orderOf(rank - around.centre);
    bits.writeUnary(order >>> around.shift);
    bits.write(order & around.shift, around.shift);
  }
  bits.flush();
}

function writePlain(out: ByteWriter, codes: readonly number[]): void {
  out.varint(PLAIN);
  const bits = new BitWriter(out);
  for (const rank of ranksOf(codes)) bits.write(rank, RANK_BITS);
  bits.flush();
}

function rankReader(bits: BitReader, parameters: number): () => number {
  const centre = parameters >>> 1;
  const shift = parameters & 1;
  return () => {
    const quotient = bits.readUnary();
    return centre + distanceOf((quotient << shift) + bits.read(shift));
  };
}

function ranksOf(codes: readonly number[]): Uint8Array {
  const ranks = new Uint8Array(REGISTERS);
  for (const code of codes) ranks[code >>> RANK_BITS] = code & RANK_MASK;
  return ranks;
}

interface Around {
  readonly centre: number;
  readonly shift: number;
  readonly bits: number;
}

/** The cheapest centre and parameter; of several equally cheap ones, the smaller. */
function bestAround(ranks: Uint8Array): Around {
  const histogram = new Uint32Array(MAX_RANK + 1);
  for (const rank of ranks) histogram[rank] = (histogram[rank] as number) + 1;
  let best: Around = { centre: 0, shift: 0, bits: Number.POSITIVE_INFINITY };
  for (let centre = 0; centre <= MAX_RANK; centre++) {
    for (let shift = 0; shift <= 1; shift++) {
      let bits = 0;
      for (let rank = 0; rank <= MAX_RANK; rank++) {
        bits += (histogram[rank] as number) * ((orderOf(rank - centre) >>> shift) + 1 + shift);
      }
      if (bits < best.bits) best = { centre, shift, bits };
    }
  }
  return best;
}

/** Distances from the centre by how often they occur; the rest follow alternately, above and below. */
const FREQUENT = [0, -1, 1, 2, -2, 3, 4, -3];
const ORDERS = new Map(FREQUENT.map((distance, order) => [distance, order]));

function orderOf(distance: number): number {
  return ORDER_TABLE[distance + MAX_RANK] as number;
}

function distanceOf(order: number): number {
  const frequent = FREQUENT[order];
  if (frequent !== undefined) return frequent;
  const turn = order - FREQUENT.length;
  return turn % 2 === 0 ? 5 + turn / 2 : -4 - (turn - 1) / 2;
}

const ORDER_TABLE = Uint8Array.from({ length: 2 * MAX_RANK + 1 }, (_, i) => {
  const distance = i - MAX_RANK;
  const frequent = ORDERS.get(distance);
  if (frequent !== undefined) return frequent;
  return FREQUENT.length + (distance > 0 ? (distance - 5) * 2 : (-4 - distance) * 2 + 1);
});
