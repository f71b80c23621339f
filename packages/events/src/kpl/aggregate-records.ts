import { hash } from 'node:crypto';
import { AGGREGATE_FIELD, aggregateMagic, RECORD_FIELD } from './aggregate-format.ts';

/** One record to put into an aggregate. */
export interface UserRecordInput {
  readonly partitionKey: string;
  /** Decimal, 128 bits. */
  readonly explicitHashKey?: string | undefined;
  readonly data: Uint8Array;
}

/** Packs user records into the bytes of one KPL-aggregated record: magic, protobuf, MD5. */
export function aggregateRecords(records: readonly UserRecordInput[]): Uint8Array {
  const partitionKeys = new Table();
  const hashKeys = new Table();
  const messages = records.map((record) => encodeRecord(record, partitionKeys, hashKeys));
  const message = Buffer.concat([
    ...partitionKeys.entries().map((key) => encodeBytes(AGGREGATE_FIELD.partitionKey, Buffer.from(key))),
    ...hashKeys.entries().map((key) => encodeBytes(AGGREGATE_FIELD.explicitHashKey, Buffer.from(key))),
    ...messages.map((record) => encodeBytes(AGGREGATE_FIELD.record, record)),
  ]);
  return Buffer.concat([aggregateMagic, message, hash('md5', message, 'buffer')]);
}

/** A table of strings, each once, in the order of their first use. */
class Table {
  readonly #indices = new Map<string, number>();

  indexOf(key: string): number {
    const index = this.#indices.get(key) ?? this.#indices.size;
    this.#indices.set(key, index);
    return index;
  }

  entries(): string[] {
    return [...this.#indices.keys()];
  }
}

function encodeRecord(record: UserRecordInput, partitionKeys: Table, hashKeys: Table): Uint8Array {
  const parts = [encodeNumber(RECORD_FIELD.partitionKeyIndex, partitionKeys.indexOf(record.partitionKey))];
  if (record.explicitHashKey !== undefined) {
    parts.push(encodeNumber(RECORD_FIELD.explicitHashKeyIndex, hashKeys.indexOf(record.explicitHashKey)));
  }
  return Buffer.concat([...parts, encodeBytes(RECORD_FIELD.data, record.data)]);
}

function encodeNumber(field: number, value: number): Uint8Array {
  return Uint8Array.from([...varint(field * 8), ...varint(value)]);
}

function encodeBytes(field: number, bytes: Uint8Array): Uint8Array {
  return Buffer.concat([Uint8Array.from([...varint(field * 8 + 2), ...varint(bytes.length)]), bytes]);
}

function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes.push((rest % 0x80) | 0x80);
  return [...bytes, rest];
}
