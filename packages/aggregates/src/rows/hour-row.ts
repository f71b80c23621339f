import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError, UnknownFormatError } from '../bytes/codec-errors.ts';
import type { ActionDelta } from '../log-entry/delta.ts';
import { DDSketch } from '../sketches/ddsketch.ts';
import { lazySketches, writeSketches } from '../sketches/hour-sketches.ts';
import { HyperLogLog } from '../sketches/hyper-log-log.ts';
import { emptyTotals, mergeTotals, type Totals } from '../totals/totals.ts';
import { readTotals, writeTotals } from '../totals/totals-codec.ts';

const FORMAT = 1;
const MINUTES = 60;
/** The set of minutes is two words of this many bits. */
const HALF = 30;

/** One action's hour in one log: its minutes, and the whole hour's users and values. */
export interface HourRow {
  /** By minute of the hour, 0 to 59. */
  readonly minutes: Map<number, Totals>;
  readonly users: HyperLogLog;
  readonly values: DDSketch;
}

export function encodeHourRow(row: HourRow): Uint8Array {
  const out = new ByteWriter(1024);
  out.byte(FORMAT);
  const minutes = [...row.minutes.keys()].sort((a, b) => a - b);
  for (let start = 0; start < MINUTES; start += HALF) {
    let set = 0;
    for (const minute of minutes) if (minute >= start && minute < start + HALF) set |= 1 << (minute - start);
    out.varint(set);
  }
  for (const minute of minutes) writeTotals(out, row.minutes.get(minute) as Totals);
  writeSketches(out, row);
  return out.finish();
}

/** The sketches are decoded when they are first read. */
export function decodeHourRow(bytes: Uint8Array): HourRow {
  const input = new ByteReader(bytes);
  const format = input.byte();
  if (format !== FORMAT) throw new UnknownFormatError('row of an hour', format);
  const sets = [input.varint(), input.varint()] as const;
  if (Math.max(...sets) >= 2 ** HALF) throw new CorruptBytesError('more than 60 minutes of an hour');
  const minutes = new Map<number, Totals>();
  for (let minute = 0; minute < MINUTES; minute++) {
    const set = minute < HALF ? sets[0] : sets[1];
    if ((set >>> (minute % HALF)) & 1) minutes.set(minute, readTotals(input));
  }
  const sketches = lazySketches(bytes, input.offset);
  return {
    minutes,
    get users() {
      return sketches().users;
    },
    get values() {
      return sketches().values;
    },
  };
}

/** Adds what an entry holds of that epoch hour. Changes and returns `row`, or returns a new row if there was none. */
export function foldIntoHourRow(row: HourRow | undefined, added: ActionDelta, epochHour: number): HourRow {
  const into = row ?? { minutes: new Map<number, Totals>(), users: new HyperLogLog(), values: new DDSketch() };
  const start = epochHour * MINUTES;
  for (const [minute, totals] of added.minutes) {
    if (minute >= start && minute < start + MINUTES) mergeTotals(minuteOf(into, minute - start), totals);
  }
  const sketches = added.hours.get(epochHour);
  if (sketches) {
    into.users.merge(sketches.users);
    into.values.merge(sketches.values);
  }
  return into;
}

function minuteOf({ minutes }: HourRow, minute: number): Totals {
  let totals = minutes.get(minute);
  if (!totals) {
    totals = emptyTotals();
    minutes.set(minute, totals);
  }
  return totals;
}
