import { padSequenceNumber, type StreamRecord } from '@weir/events';

/** The properties of the generated records. */
export interface EventRecordOptions {
  readonly count?: number;
  /** The exact length of each record. */
  readonly bytes?: number;
  readonly actions?: number;
  readonly users?: number;
  /** Epoch milliseconds of the first arrival. */
  readonly start?: number;
  /** The time from one arrival to the next. */
  readonly gapMs?: number;
  readonly seed?: number;
}

/** Records of one event each, with unique ids; the same options always give the same records. */
export function createEventRecords(options: EventRecordOptions = {}): StreamRecord[] {
  const { count = 10_000, bytes = 200, actions = 20, users = 5_000, seed = 1 } = options;
  const { start = 1_764_000_000_000, gapMs = 10 } = options;
  const random = createRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const arrival = start + Math.floor(index * gapMs);
    const id = uuidOf(random, arrival);
    const event = {
      id,
      userId: `user-${Math.floor(random() * users)}`,
      action: `action.${Math.floor(random() * actions)}`,
      timestamp: arrival - Math.floor(random() * 2_000),
      value: Math.floor(random() * 100_000) / 100,
    };
    const data = Buffer.from(padText(event, bytes)).toString('base64');
    return {
      sequenceNumber: padSequenceNumber(`49600${start}${String(index).padStart(9, '0')}`),
      partitionKey: id,
      arrival,
      data,
    };
  });
}

function padText(event: object, bytes: number): string {
  const bare = JSON.stringify({ ...event, properties: { page: '' } });
  if (bare.length > bytes) throw new RangeError(`an event of ${bare.length} bytes does not fit into ${bytes}`);
  return JSON.stringify({ ...event, properties: { page: ''.padEnd(bytes - bare.length, '/abcdefghij') } });
}

function uuidOf(random: () => number, time: number): string {
  const hex = time.toString(16).padStart(12, '0') + hexOf(random, 4) + hexOf(random, 8) + hexOf(random, 8);
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function hexOf(random: () => number, digits: number): string {
  return Math.floor(random() * 16 ** digits)
    .toString(16)
    .padStart(digits, '0');
}

/** mulberry32: small, fast, and the same on every machine. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
