import type { CheckedEvent } from '../contract/check-event.ts';
import type { TextRange } from '../records/event-text.ts';
import type { DecodedEvent, StreamRecord } from '../records/stream-record.ts';

/**
 * An accepted event at its position. It is a class because V8 always allocates instances of classes as young objects at
 * first. V8 may learn that object literals grow old, as they do while a batch is large; then the whole batch waits for
 * the full collection.
 */
export class AcceptedEvent implements DecodedEvent {
  readonly kind = 'event';
  readonly sequenceNumber: string;
  readonly index: number;
  readonly arrival: number;
  readonly id: string | undefined;
  readonly userId: string;
  readonly action: string;
  readonly timestamp: number;
  readonly value: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;

  // biome-ignore lint/complexity/useMaxParams: called for each event, where an object would cost more than the work
  constructor(record: StreamRecord, index: number, checked: CheckedEvent, text: TextRange) {
    this.sequenceNumber = record.sequenceNumber;
    this.index = index;
    this.arrival = record.arrival;
    this.id = checked.id;
    this.userId = checked.userId;
    this.action = checked.action;
    this.timestamp = checked.timestamp;
    this.value = checked.value;
    this.bytes = text.bytes;
    this.start = text.start;
    this.end = text.end;
  }
}
