import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { UnknownFormatError } from '../bytes/codec-errors.ts';
import { readNumber, readResidue, writeNumber, writeResidue } from '../bytes/number-codec.ts';
import { OTHER_ACTION } from '../log-entry/delta.ts';
import type { UserAction } from '../log-entry/user-activity.ts';
import { addToSum } from '../totals/totals.ts';

const FORMAT = 1;
/** A row is an item of at most 400 KB: counts that would make it longer than this go under one name. */
const MAX_ROW_BYTES = 256 * 1024;
/** The most bytes of an action without its name, whose characters are ASCII. */
const MAX_ACTION_BYTES = 2 + 8 + 9 + 10;

/** Count and compensated sum of one action. */
export interface ActionSum {
  count: number;
  sum: number;
  sumLow: number;
}

/** One user's day (UTC) in one log, by action. */
export type ActivityRow = Map<string, ActionSum>;

/** Actions are in order of name: the same counts give the same bytes. */
export function encodeActivityRow(row: ActivityRow): Uint8Array {
  const out = new ByteWriter(256);
  out.byte(FORMAT);
  out.varint(row.size);
  for (const [action, { count, sum, sumLow }] of [...row].sort(([a], [b]) => (a < b ? -1 : 1))) {
    out.text(action);
    out.varint(count * 2 + (sumLow === 0 ? 0 : 1));
    writeNumber(out, sum);
    if (sumLow !== 0) writeResidue(out, sumLow, sum);
  }
  return out.finish();
}

export function decodeActivityRow(bytes: Uint8Array): ActivityRow {
  const input = new ByteReader(bytes);
  const format = input.byte();
  if (format !== FORMAT) throw new UnknownFormatError('row of a user', format);
  const row: ActivityRow = new Map();
  for (let left = input.varint(); left > 0; left--) {
    const action = input.text();
    const head = input.varint();
    const sum = readNumber(input);
    row.set(action, { count: Math.floor(head / 2), sum, sumLow: head % 2 === 0 ? 0 : readResidue(input, sum) });
  }
  return row;
}

/** Adds what an entry holds of that epoch day. Changes and returns `row`, or returns a new row if there was none. */
export function foldIntoActivityRow(
  row: ActivityRow | undefined,
  added: readonly UserAction[],
  epochDay: number,
): ActivityRow {
  const into: ActivityRow = row ?? new Map();
  for (const { day, action, count, sum, sumLow } of added) {
    if (day !== epochDay) continue;
    const total = totalOf(into, action);
    total.count += count;
    addToSum(total, sum, sumLow);
  }
  return into;
}

function totalOf(row: ActivityRow, action: string): ActionSum {
  const name = row.has(action) || fits(row, action) ? action : OTHER_ACTION;
  const total = row.get(name) ?? { count: 0, sum: 0, sumLow: 0 };
  row.set(name, total);
  return total;
}

/** Only a row with thousands of actions needs to be measured. */
function fits(row: ActivityRow, action: string): boolean {
  if (row.size < 1000) return true;
  let bytes = MAX_ACTION_BYTES + action.length;
  for (const name of row.keys()) bytes += MAX_ACTION_BYTES + name.length;
  return bytes <= MAX_ROW_BYTES;
}
