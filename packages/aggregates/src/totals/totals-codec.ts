import type { ByteReader } from '../bytes/byte-reader.ts';
import type { ByteWriter } from '../bytes/byte-writer.ts';
import { readNumber, readResidue, writeNumber, writeResidue } from '../bytes/number-codec.ts';
import { emptyTotals, type Totals } from './totals.ts';

/** All values are the same: the count and one of them say everything. */
const CONSTANT = 1;
const HAS_RESIDUE = 2;

/** Most bytes that `writeTotals` writes: the head, three numbers, and the residue. */
export const MAX_TOTALS_BYTES = 8 + 3 * 9 + 10;

/** Totals, bit for bit. */
export function writeTotals(out: ByteWriter, t: Totals): void {
  if (isConstant(t)) {
    out.varint(t.count * 4 + CONSTANT);
    writeNumber(out, t.min);
    return;
  }
  out.varint(t.count * 4 + (t.sumLow === 0 ? 0 : HAS_RESIDUE));
  if (t.count === 0) return;
  writeNumber(out, t.min);
  writeNumber(out, t.max);
  writeNumber(out, t.sum);
  if (t.sumLow !== 0) writeResidue(out, t.sumLow, t.sum);
}

export function readTotals(input: ByteReader): Totals {
  const head = input.varint();
  const count = Math.floor(head / 4);
  if (count === 0) return emptyTotals();
  const min = readNumber(input);
  if (head % 2 === CONSTANT) return { count, sum: min * count, sumLow: 0, min, max: min };
  const max = readNumber(input);
  const sum = readNumber(input);
  const sumLow = head % 4 === HAS_RESIDUE ? readResidue(input, sum) : 0;
  return { count, sum, sumLow, min, max };
}

function isConstant(t: Totals): boolean {
  return t.count > 0 && t.min === t.max && t.sumLow === 0 && t.sum === t.min * t.count;
}
