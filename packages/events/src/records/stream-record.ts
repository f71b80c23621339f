/** The position of an event in its shard: the record's sequence number, then the event's index inside the record. */
export interface Position {
  /** 56 decimal digits, left-padded with zeros: strings then compare as the numbers do. */
  readonly sequenceNumber: string;
  /** From 0, over everything in the record, refused or not; the numbering never changes between versions. */
  readonly index: number;
}

/** One Kinesis record as Lambda delivers it, without the envelope. */
export interface StreamRecord {
  /** 56 decimal digits. */
  readonly sequenceNumber: string;
  readonly partitionKey: string;
  /** Approximate arrival at the stream, epoch milliseconds (an integer). */
  readonly arrival: number;
  /** The record's bytes in base64. */
  readonly data: string;
}

/** Why a record, or one event in it, was refused. The names are stable, because quarantine objects hold them. */
export type RefusalReason =
  | 'not-json'
  | 'not-utf8'
  | 'empty'
  | 'too-large'
  | 'kpl-checksum'
  | 'kpl-malformed'
  | 'wrong-shard'
  | 'shape'
  | 'timestamp-range';

/** An event that satisfies the contract, with its position. */
export interface DecodedEvent {
  readonly kind: 'event';
  readonly sequenceNumber: string;
  readonly index: number;
  readonly arrival: number;
  readonly id: string | undefined;
  readonly userId: string;
  readonly action: string;
  /** Epoch milliseconds, an integer. */
  readonly timestamp: number;
  readonly value: number;
  /**
   * The UTF-8 from `start` to before `end` is the event's own JSON text, on one line, as it was sent; `textOf` reads
   * it. The bytes, or the string, around it hold other events: bytes or a string for each event alone cost more than
   * all of its checks.
   */
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
}

/** A record, or one event in it, that goes to the quarantine. */
export interface Refusal {
  readonly kind: 'refusal';
  readonly sequenceNumber: string;
  readonly index: number;
  readonly arrival: number;
  readonly reason: RefusalReason;
  /** For a person: what is wrong and, for a shape, the JSON pointer first. */
  readonly detail: string;
  /** The refused bytes, exactly. */
  readonly data: Uint8Array;
}

export type Decoded = DecodedEvent | Refusal;
