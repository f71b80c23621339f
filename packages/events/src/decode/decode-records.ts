import { checkEvent } from '../contract/check-event.ts';
import type { EventFault } from '../contract/event-fault.ts';
import { checkNesting, SHORTEST_DEEP } from '../json-text/check-nesting.ts';
import { type HashRange, hexHashRange } from '../kpl/hash-key.ts';
import { isAggregate } from '../kpl/read-aggregate.ts';
import { splitAggregate } from '../kpl/split-aggregate.ts';
import { type TextRange, textOf } from '../records/event-text.ts';
import { splitPayload } from '../records/split-payload.ts';
import type { Decoded, StreamRecord } from '../records/stream-record.ts';
import { AcceptedEvent } from './accepted-event.ts';
import { decodePiece, explain, refusalOf } from './decode-piece.ts';
import { JoinedRecords } from './joined-records.ts';

/** What `decodeRecords` is told about the shard of the records. */
export interface DecodeOptions {
  /** The shard's range of hash keys; KPL user records outside it are refused. Without a range they are not compared. */
  readonly hashRange?: HashRange | undefined;
}

/**
 * Decodes records into events and refusals, in order, numbered from 0 within each record. A record holds one JSON
 * event, an array of them, one on each line, or a KPL aggregate of those. Never throws, whatever the bytes are.
 */
export function decodeRecords(records: readonly StreamRecord[], { hashRange }: DecodeOptions = {}): Decoded[] {
  const range = hashRange && hexHashRange(hashRange);
  const joined = new JoinedRecords(records);
  const decoded: Decoded[] = [];
  for (let at = 0; at < records.length; ) {
    const count = joined.fill(at);
    const values = count > 1 ? joined.parse() : undefined;
    const next = at + Math.max(count, 1);
    if (values === undefined) for (; at < next; at++) decodeOne(records[at] as StreamRecord, range, decoded);
    else {
      for (let inGroup = 0; at < next; at++, inGroup++) {
        decoded.push(checkJoined(records[at] as StreamRecord, values[inGroup], joined.rangeOf(inGroup)));
      }
    }
  }
  return decoded;
}

function checkJoined(record: StreamRecord, value: unknown, range: TextRange): Decoded {
  const check = checkEvent(value, record.arrival);
  // A group with escaped surrogates is not parsed as one: only the nesting is left to check.
  const found = check.ok ? checkNestingOf(range) : check;
  if (check.ok && found === undefined) return new AcceptedEvent(record, 0, check, range);
  return refusalOf({ record, index: 0, bytes: Buffer.from(record.data, 'base64') }, explain(found as EventFault));
}

/** A piece that is too short to nest too deep needs no text. */
function checkNestingOf(range: TextRange): EventFault | undefined {
  return range.end - range.start > SHORTEST_DEEP ? checkNesting(textOf(range)) : undefined;
}

function decodeOne(record: StreamRecord, range: HashRange | undefined, decoded: Decoded[]): void {
  const bytes = Buffer.from(record.data, 'base64');
  const pieces = isAggregate(bytes) ? splitAggregate(bytes, range) : splitPayload(bytes);
  for (let index = 0; index < pieces.length; index++) {
    decoded.push(decodePiece(record, index, pieces[index] as (typeof pieces)[number]));
  }
}
