import { compareWords, type RecordFormat } from './record-format.ts';

/** Hash (8), timestamp (6), arrival (6), action (2): big-endian, so that bytes are in the order of what they mean. */
export const EVENT_RECORD_BYTES = 22;
const TIMESTAMP_AT = 8;
const ARRIVAL_AT = 14;
const ACTION_AT = 20;
const TIME_BYTES = 6;
/** The action has no part in the order. */
const ORDERED_WORDS = 5;

/** An event of a user. Its position is not written: records of a log are read in the order of their positions. */
export interface EventRecord {
  /** High and low word. */
  readonly hash: Uint32Array;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly arrival: number;
  /** The number of the action among those that are asked for. */
  readonly action: number;
}

export const eventRecords: RecordFormat = {
  minBytes: EVENT_RECORD_BYTES,
  sizeAt: () => EVENT_RECORD_BYTES,
  compare: (a, b) => compareWords(a, b, ORDERED_WORDS),
};

export function writeEventRecord(bytes: Buffer, at: number, { hash, timestamp, arrival, action }: EventRecord): void {
  bytes.writeUInt32BE(hash[0] as number, at);
  bytes.writeUInt32BE(hash[1] as number, at + 4);
  bytes.writeUIntBE(timestamp, at + TIMESTAMP_AT, TIME_BYTES);
  bytes.writeUIntBE(arrival, at + ARRIVAL_AT, TIME_BYTES);
  bytes.writeUInt16BE(action, at + ACTION_AT);
}

export function timestampAt(bytes: Buffer, at: number): number {
  return bytes.readUIntBE(at + TIMESTAMP_AT, TIME_BYTES);
}

export function actionAt(bytes: Buffer, at: number): number {
  return bytes.readUInt16BE(at + ACTION_AT);
}
