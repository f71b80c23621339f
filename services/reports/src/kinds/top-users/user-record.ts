import { compareWords, type RecordFormat } from '../by-user/runs/record-format.ts';

/** Hash (8), events (6), bytes of the id (2), then the id. */
const EVENTS_AT = 8;
const LENGTH_AT = 14;
const ID_AT = 16;
const EVENTS_BYTES = 6;
const HASH_WORDS = 2;

/** UTF-8 would make ids equal that differ in halves of surrogate pairs. */
const ENCODING = 'utf16le';

/** A user with events of some lines. */
export interface UserRecord {
  readonly hash: Uint32Array;
  readonly events: number;
  readonly userId: string;
}

export const userRecords: RecordFormat = {
  minBytes: ID_AT + 2,
  sizeAt: (bytes, at) => (at + ID_AT <= bytes.length ? ID_AT + bytes.readUInt16BE(at + LENGTH_AT) : undefined),
  compare: (a, b) => compareWords(a, b, HASH_WORDS) || compareIds(a, b),
};

export function userRecordBytes(userId: string): number {
  return ID_AT + 2 * userId.length;
}

export function writeUserRecord(bytes: Buffer, at: number, { hash, events, userId }: UserRecord): void {
  bytes.writeUInt32BE(hash[0] as number, at);
  bytes.writeUInt32BE(hash[1] as number, at + 4);
  bytes.writeUIntBE(events, at + EVENTS_AT, EVENTS_BYTES);
  bytes.writeUInt16BE(2 * userId.length, at + LENGTH_AT);
  bytes.write(userId, at + ID_AT, ENCODING);
}

export function eventsAt(bytes: Buffer, at: number): number {
  return bytes.readUIntBE(at + EVENTS_AT, EVENTS_BYTES);
}

/** The bytes of the id. */
export function idBytesAt(bytes: Buffer, at: number): Buffer {
  return bytes.subarray(at + ID_AT, at + ID_AT + bytes.readUInt16BE(at + LENGTH_AT));
}

export function idOf(idBytes: Buffer): string {
  return idBytes.toString(ENCODING);
}

function compareIds(a: { bytes: Buffer; at: number }, b: { bytes: Buffer; at: number }): number {
  return idBytesAt(a.bytes, a.at).compare(idBytesAt(b.bytes, b.at));
}
