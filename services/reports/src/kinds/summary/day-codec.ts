import { DDSketch, decodeDayRow, encodeDayRow, HyperLogLog } from '@weir/aggregates';
import type { Counted } from '../../counts/counts-reader.ts';

/** What was counted on one day, of each action that was. */
export interface CountedDay {
  readonly actions: ReadonlyMap<string, Counted>;
  /** Whether the day has users and percentiles: it begins and ends at whole UTC hours. */
  readonly hasSketches: boolean;
  readonly asOf: number | undefined;
}

const FORMAT = 1;
const LINE_END = 10;

interface Head {
  readonly format: number;
  readonly hasSketches: boolean;
  readonly asOf: number | undefined;
  /** Each action, and the bytes of its row. The rows follow in this order. */
  readonly rows: readonly (readonly [action: string, bytes: number])[];
}

/** A line of JSON, and behind it the totals and sketches of each action as a row of a day has them. */
export function encodeDay({ actions, hasSketches, asOf }: CountedDay): Uint8Array {
  const rows = [...actions].map(([action, counted]) => ({ action, bytes: encodeDayRow(rowOf(counted)) }));
  const head: Head = {
    format: FORMAT,
    hasSketches,
    asOf,
    rows: rows.map(({ action, bytes }) => [action, bytes.length]),
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...rows.map(({ bytes }) => bytes)]);
}

export function decodeDay(bytes: Uint8Array): CountedDay {
  const end = bytes.indexOf(LINE_END);
  const head = JSON.parse(Buffer.from(bytes.subarray(0, end)).toString()) as Head;
  if (head.format !== FORMAT) throw new Error(`a summary's day has the unknown format ${head.format}`);
  const { hasSketches, asOf } = head;
  const actions = new Map<string, Counted>();
  let at = end + 1;
  for (const [action, length] of head.rows) {
    const row = decodeDayRow(bytes.subarray(at, at + length));
    actions.set(action, hasSketches ? row : { totals: row.totals, users: undefined, values: undefined });
    at += length;
  }
  return { actions, hasSketches, asOf };
}

function rowOf({ totals, users = new HyperLogLog(), values = new DDSketch() }: Counted) {
  return { totals, users, values };
}
