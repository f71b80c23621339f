export { type CheckedEvent, checkEvent, type EventCheck } from './contract/check-event.ts';
export type { EventFault } from './contract/event-fault.ts';
export { eventSchema, type IncomingEvent } from './contract/event-schema.ts';
export { findEventFaults } from './contract/find-event-faults.ts';
export type { FromSchema } from './contract/from-schema.ts';
export {
  EARLIEST_TIMESTAMP,
  MAX_EVENT_BYTES,
  MAX_LEAD_MS,
  MAX_NESTING,
  MAX_PROPERTIES_BYTES,
} from './contract/limits.ts';
export { parseTimestamp } from './contract/parse-timestamp.ts';
export { suggestMilliseconds } from './contract/suggest-milliseconds.ts';
export { type DecodeOptions, decodeRecords } from './decode/decode-records.ts';
export { eraseFromPayload, type PayloadErasure } from './erase/erase-from-payload.ts';
export { ErasedUsers } from './erase/erased-users.ts';
export { checkText, findTextFaults } from './json-text/check-text.ts';
export { findUnkept } from './json-text/find-unkept.ts';
export { aggregateRecords, type UserRecordInput } from './kpl/aggregate-records.ts';
export type { HashRange } from './kpl/hash-key.ts';
export { textOf } from './records/event-text.ts';
export { padSequenceNumber, SEQUENCE_NUMBER_DIGITS } from './records/sequence-number.ts';
export { MAX_EVENTS_PER_RECORD } from './records/split-payload.ts';
export type { Decoded, DecodedEvent, Position, Refusal, RefusalReason, StreamRecord } from './records/stream-record.ts';
