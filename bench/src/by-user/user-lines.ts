import type { ArchiveLine, ArchiveReader } from '@weir/archive/reading';

/** How events are spread over users. */
export const SPREADS = ['even', 'half', 'single'] as const;

export type Spread = (typeof SPREADS)[number];

export interface LinesOf {
  readonly spread: Spread;
  readonly events: number;
  readonly pieces: number;
}

export const ACTIONS = ['view', 'cart', 'order'];
const EVENTS_PER_USER = 10;
const BLOCK = 1000;
/** Of a line in its object. */
const LINE_BYTES = 15;
const EVENT_MS = 50;

/** An archive of made-up lines, each an entry: nothing is read, so that only the work on them is measured. */
export function openUserLines({ spread, events, pieces }: LinesOf): ArchiveReader {
  const size = Math.ceil(events / pieces);
  return {
    readHeads: async () => [
      { logId: '1.0', parents: [], number: events - 1, position: undefined, lastArrival: undefined },
    ],
    async *listPieces() {
      for (let first = 0; first < events; first += size) {
        const last = Math.min(first + size, events) - 1;
        // As if each was as large as a part may be: a piece is a part.
        const bytes = (last - first + 1) * LINE_BYTES;
        yield { logId: '1.0', hour: 0, first, last, keys: new Array(2000).fill('k'), bytes };
      }
    },
    async *readLines({ first, last }) {
      for (let at = first; at <= last; at += BLOCK) {
        yield Array.from({ length: Math.min(BLOCK, last + 1 - at) }, (_, i) => lineAt(at + i, { spread, events }));
      }
    },
  };
}

/** The time after the last event. */
export function endOf(events: number): number {
  return events * EVENT_MS;
}

function lineAt(at: number, { spread, events }: Pick<LinesOf, 'spread' | 'events'>): ArchiveLine {
  const time = at * EVENT_MS;
  const action = ACTIONS[(at >>> 3) % ACTIONS.length] as string;
  return {
    ...{ sequenceNumber: '1', index: at, arrival: time, timestamp: time, outcome: 'counted', action, value: 1 },
    ...{ userId: `user-${userAt(at, spread, events)}`, register: undefined },
  };
}

function userAt(at: number, spread: Spread, events: number): number {
  if (spread === 'single') return at;
  if (spread === 'half' && at % 2 === 0) return -1;
  return (Math.imul(at, 0x9e3779b1) >>> 0) % (events / EVENTS_PER_USER);
}
