import { hash } from 'node:crypto';
import type { RefusalReason } from '../records/stream-record.ts';
import { AGGREGATE_FIELD, aggregateMagic, CHECKSUM_BYTES, RECORD_FIELD } from './aggregate-format.ts';
import { hashPartitionKey, hexHashKey } from './hash-key.ts';
import { MalformedProtobuf, readFields } from './protobuf-reader.ts';

/** One record that a KPL put into an aggregate. */
export interface UserRecord {
  readonly partitionKey: Buffer;
  /** 32 hex digits, or undefined if the producer gave none. */
  readonly explicitHashKey: string | undefined;
  readonly data: Buffer;
}

/** The user records of an aggregate in order, or the reason why it cannot be read. */
export type Aggregate =
  | { readonly ok: true; readonly records: readonly UserRecord[] }
  | { readonly ok: false; readonly reason: RefusalReason; readonly detail: string };

/** Reads a KPL aggregate after its magic was seen: the checksum first, then every record, all or none. */
export function readAggregate(bytes: Buffer): Aggregate {
  const end = bytes.length - CHECKSUM_BYTES;
  if (end < aggregateMagic.length) return { ok: false, reason: 'kpl-malformed', detail: 'too short for a checksum' };
  const message = bytes.subarray(aggregateMagic.length, end);
  if (hash('md5', message, 'hex') !== bytes.toString('hex', end)) {
    return { ok: false, reason: 'kpl-checksum', detail: 'the MD5 at the end is not that of the content' };
  }
  try {
    return { ok: true, records: readMessage(message) };
  } catch (error) {
    if (!(error instanceof MalformedProtobuf)) throw error;
    return { ok: false, reason: 'kpl-malformed', detail: error.message };
  }
}

/** Whether the bytes begin as a KPL aggregate does. No UTF-8 text begins so. */
export function isAggregate(bytes: Uint8Array): boolean {
  return aggregateMagic.every((byte, at) => bytes[at] === byte);
}

/** The hash key by which Kinesis would have routed the user record, 32 hex digits. */
export function hashKeyOf(record: UserRecord): string {
  return record.explicitHashKey ?? hashPartitionKey(record.partitionKey);
}

function readMessage(message: Buffer): UserRecord[] {
  const partitionKeys: Buffer[] = [];
  const hashKeys: string[] = [];
  const records: Buffer[] = [];
  for (const { number, value } of readFields(message)) {
    if (number === AGGREGATE_FIELD.partitionKey) partitionKeys.push(bytesOf(value));
    else if (number === AGGREGATE_FIELD.explicitHashKey) hashKeys.push(readHashKey(bytesOf(value)));
    else if (number === AGGREGATE_FIELD.record) records.push(bytesOf(value));
  }
  // The tables may come after the records: protobuf does not order fields.
  return records.map((record) => readRecord(record, partitionKeys, hashKeys));
}

function readRecord(message: Buffer, partitionKeys: readonly Buffer[], hashKeys: readonly string[]): UserRecord {
  let keyIndex: number | undefined;
  let hashIndex: number | undefined;
  let data: Buffer | undefined;
  for (const { number, value } of readFields(message)) {
    if (number === RECORD_FIELD.partitionKeyIndex) keyIndex = numberOf(value);
    else if (number === RECORD_FIELD.explicitHashKeyIndex) hashIndex = numberOf(value);
    else if (number === RECORD_FIELD.data) data = bytesOf(value);
  }
  if (keyIndex === undefined || data === undefined) throw new MalformedProtobuf('a record without key or data');
  const explicitHashKey = hashIndex === undefined ? undefined : entryOf(hashKeys, hashIndex, 'hash keys');
  return { partitionKey: entryOf(partitionKeys, keyIndex, 'partition keys'), explicitHashKey, data };
}

function readHashKey(bytes: Buffer): string {
  const key = hexHashKey(bytes.toString('latin1'));
  if (key === undefined) throw new MalformedProtobuf('an explicit hash key that is no integer of 128 bits');
  return key;
}

function entryOf<T>(table: readonly T[], index: number, name: string): T {
  const entry = table[index];
  if (entry === undefined) throw new MalformedProtobuf(`index ${index} is outside the table of ${name}`);
  return entry;
}

function bytesOf(value: number | Buffer): Buffer {
  if (typeof value === 'number') throw new MalformedProtobuf('a number where bytes belong');
  return value;
}

function numberOf(value: number | Buffer): number {
  if (typeof value !== 'number') throw new MalformedProtobuf('bytes where a number belongs');
  return value;
}
