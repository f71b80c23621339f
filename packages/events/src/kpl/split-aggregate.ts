import { MAX_EVENTS_PER_RECORD, type Piece, refusedAsTooMany, splitPayload } from '../records/split-payload.ts';
import type { HashRange } from './hash-key.ts';
import { hashKeyOf, readAggregate, type UserRecord } from './read-aggregate.ts';

const DETAIL = 'its hash key is outside the range of the shard: the KPL sends it again to the right shard';

/** Splits a KPL aggregate into its pieces at index 0, 1, … through all its user records. `range` is in hex. */
export function splitAggregate(bytes: Buffer, range: HashRange | undefined): Piece[] {
  const aggregate = readAggregate(bytes);
  if (!aggregate.ok) return [{ ...aggregate, bytes }];
  if (aggregate.records.length === 0) {
    return [{ ok: false, bytes, reason: 'empty', detail: 'an aggregate without records' }];
  }
  if (aggregate.records.length > MAX_EVENTS_PER_RECORD) return [refusedAsTooMany(bytes)];
  const pieces: Piece[] = [];
  for (const record of aggregate.records) {
    for (const piece of splitUserRecord(record, range)) pieces.push(piece);
    if (pieces.length > MAX_EVENTS_PER_RECORD) return [refusedAsTooMany(bytes)];
  }
  return pieces;
}

/** A record that belongs to another shard is split all the same: the numbering does not depend on the range. */
function splitUserRecord(record: UserRecord, range: HashRange | undefined): Piece[] {
  const pieces = splitPayload(record.data);
  if (range === undefined || isWithin(hashKeyOf(record), range)) return pieces;
  return pieces.map(({ bytes }) => ({ ok: false, bytes, reason: 'wrong-shard', detail: DETAIL }));
}

function isWithin(key: string, { start, end }: HashRange): boolean {
  return key >= start && key <= end;
}
