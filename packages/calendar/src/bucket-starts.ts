import { DAY_MS, type LocalUnit } from './local-units.ts';

/** From `from` (epoch milliseconds), the clock of a place is `offset` milliseconds ahead of UTC, until the next span. */
export interface OffsetSpan {
  readonly from: number;
  readonly offset: number;
}

/** The spans of a zone, in order. The first begins at `from`, the last one ends at `to`. */
export type ZoneSpans = (from: number, to: number) => readonly OffsetSpan[];

export interface Start {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The number of the unit that begins. */
  readonly unit: number;
}

/** A range in epoch milliseconds; `to` is exclusive. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A clock that is put back shows a date again for less than this time. */
const MAX_REPEAT_MS = DAY_MS;

/**
 * The beginnings of units in a range. A unit begins at the first instant at which the clock shows it or a later one: if
 * the clock shows a midnight twice, the day begins once; a date that the clock never shows does not begin. A unit that
 * `repeats` begins again if the clock shows its beginning again.
 */
export function startsIn({ from, to }: Range, unit: LocalUnit, spansOf: ZoneSpans): Start[] {
  const begin = from - MAX_REPEAT_MS;
  const starts: Start[] = [];
  let last = Number.NEGATIVE_INFINITY;
  const spans = spansOf(begin, to);
  for (const [index, span] of spans.entries()) {
    const end = spans[index + 1]?.from ?? to;
    const local = span.from + span.offset;
    const first = unit.at(local);
    const isAgain = unit.repeats && (first !== last || unit.startOf(first) === local);
    if (first > last || isAgain) starts.push({ at: span.from, unit: first });
    last = unit.repeats ? first : Math.max(first, last);
    for (let at = unit.startOf(last + 1) - span.offset; at < end; at = unit.startOf(last + 1) - span.offset) {
      last++;
      starts.push({ at, unit: last });
    }
  }
  return starts.filter(({ at }) => at >= from);
}
