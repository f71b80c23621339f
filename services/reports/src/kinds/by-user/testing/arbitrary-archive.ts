import type { ArchiveLine } from '@weir/archive/reading';
import fc from 'fast-check';
import { type LinesPiece, lineOf, pieceOf } from './memory-archive.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const MIB = 1024 * 1024;

export const ACTIONS = ['a', 'b', 'c'];

/** Monday, 2025-10-20: two weeks on, the clocks of Lord Howe, Europe and North America have changed. */
export const BEGIN = Date.UTC(2025, 9, 20);
const END = BEGIN + 35 * DAY_MS;

/** Times of which many are equal, or at the edges of weeks and windows. */
const time = fc.oneof(
  fc.integer({ min: BEGIN - DAY_MS, max: END + DAY_MS }),
  fc.integer({ min: 0, max: 36 * 24 * 2 }).map((halves) => BEGIN - DAY_MS + (halves * HOUR_MS) / 2),
  fc.constantFrom(0, 1, 2).map((more) => BEGIN + 10 * DAY_MS + more),
);

const line = fc
  .record<Partial<ArchiveLine>>({
    timestamp: time,
    // Arrivals of a log are in order; see `piecesOf`.
    arrival: fc.nat(3),
    outcome: fc.constantFrom('counted', 'counted', 'counted', 'counted', 'other', 'duplicate'),
    action: fc.constantFrom(...ACTIONS),
    userId: fc.constantFrom('u', 'u', 'v', 'w', 'grün', undefined),
  })
  .map(lineOf);

/** Small archives of up to three logs. The sizes of their objects make one to many parts and hash ranges. */
export const archives: fc.Arbitrary<readonly LinesPiece[]> = fc
  .array(
    fc.array(fc.record({ bytes: fc.integer({ min: 1, max: 200 }), lines: fc.array(line, { maxLength: 8 }) }), {
      maxLength: 4,
    }),
    { maxLength: 3 },
  )
  .map((logs) => logs.flatMap((pieces, log) => piecesOf(`log-${log}`, pieces)));

interface DrawnPiece {
  readonly bytes: number;
  readonly lines: readonly ArchiveLine[];
}

function piecesOf(logId: string, pieces: readonly DrawnPiece[]): LinesPiece[] {
  // No event is more than a day later than its arrival.
  let arrival = END;
  return pieces.map(({ bytes, lines }, hour) =>
    pieceOf({
      ...{ logId, hour: END / HOUR_MS + hour, keys: [`${logId}/${hour}`], bytes: bytes * MIB },
      lines: lines.map((one) => {
        arrival += one.arrival;
        return { ...one, arrival };
      }),
    }),
  );
}

/** Ranges of whole and half hours, some of them empty of events. */
export const ranges = fc
  .tuple(fc.integer({ min: 0, max: 34 * 48 }), fc.integer({ min: 1, max: 34 * 48 }))
  .map(([from, length]) => ({
    from: BEGIN + (from * HOUR_MS) / 2,
    to: Math.min(BEGIN + ((from + length) * HOUR_MS) / 2, END + DAY_MS),
  }));
