import type { FilteredRecord } from '../filters/record-filter.ts';

/** A message that has been received, and is hidden from others until its visibility time-out has passed. */
export interface QueueMessage {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** How often it has been received until now. */
  readonly receiveCount: number;
  /** What Lambda's event has for it. */
  readonly eventRecord: object;
  /** What that takes of an invocation's payload. */
  readonly bytes: number;
  /** What filter patterns see of it. */
  filtered(): FilteredRecord;
}

/** Where the queue moves messages that were received too often. */
export interface DeadLetters {
  readonly arn: string;
  /** After so many receives, a message is moved instead of handed over. */
  readonly maxReceiveCount: number;
}

/** What a source needs of a queue. */
export interface QueuePort {
  /** At most 10, and at once: none where none is visible. */
  receive(max: number): Promise<readonly QueueMessage[]>;
  /** Throws where a message has not been deleted. */
  delete(messages: readonly QueueMessage[]): Promise<void>;
  /** Hides messages from now on for so many seconds; 0 makes them visible at once. */
  hide(messages: readonly QueueMessage[], seconds: number): Promise<void>;
}
