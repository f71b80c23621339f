import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { UnknownFormatError } from '../bytes/codec-errors.ts';
import type { ActionDelta } from '../log-entry/delta.ts';
import { DDSketch } from '../sketches/ddsketch.ts';
import { lazySketches, writeSketches } from '../sketches/hour-sketches.ts';
import { HyperLogLog } from '../sketches/hyper-log-log.ts';
import { emptyTotals, mergeTotals, type Totals } from '../totals/totals.ts';
import { readTotals, writeTotals } from '../totals/totals-codec.ts';

const FORMAT = 1;
const MINUTES_A_DAY = 1440;
const HOURS_A_DAY = 24;

/** One action's day (UTC) in one log. */
export interface DayRow {
  readonly totals: Totals;
  readonly users: HyperLogLog;
  readonly values: DDSketch;
}

export function encodeDayRow(row: DayRow): Uint8Array {
  const out = new ByteWriter(1024);
  out.byte(FORMAT);
  writeTotals(out, row.totals);
  writeSketches(out, row);
  return out.finish();
}

/** The sketches are decoded when they are first read. */
export function decodeDayRow(bytes: Uint8Array): DayRow {
  const input = new ByteReader(bytes);
  const format = input.byte();
  if (format !== FORMAT) throw new UnknownFormatError('row of a day', format);
  const totals = readTotals(input);
  const sketches = lazySketches(bytes, input.offset);
  return {
    totals,
    get users() {
      return sketches().users;
    },
    get values() {
      return sketches().values;
    },
  };
}

/** Adds what an entry holds of that epoch day. Changes and returns `row`, or returns a new row if there was none. */
export function foldIntoDayRow(row: DayRow | undefined, added: ActionDelta, epochDay: number): DayRow {
  const into = row ?? { totals: emptyTotals(), users: new HyperLogLog(), values: new DDSketch() };
  for (const [minute, totals] of added.minutes) {
    if (Math.floor(minute / MINUTES_A_DAY) === epochDay) mergeTotals(into.totals, totals);
  }
  for (const [hour, sketches] of added.hours) {
    if (Math.floor(hour / HOURS_A_DAY) !== epochDay) continue;
    into.users.merge(sketches.users);
    into.values.merge(sketches.values);
  }
  return into;
}
