export { type CheckedEvent, checkEvent, type EventCheck } from './check-event.ts';
export { checkText, findTextFaults } from './check-text.ts';
export { type DecodeOptions, decodeRecords } from './decode-records.ts';
export { eraseFromPayload, type PayloadErasure } from './erase-from-payload.ts';
export type { EventFault } from './event-fault.ts';
export { eventSchema, type IncomingEvent } from './event-schema.ts';
export { textOf } from './event-text.ts';
export { findEventFaults } from './find-event-faults.ts';
export { findUnkept } from './find-unkept.ts';
export type { FromSchema } from './from-schema.ts';
export { aggregateRecords, type UserRecordInput } from './kpl/aggregate-records.ts';
export type { HashRange } from './kpl/hash-key.ts';
export {
  earliestTimestamp,
  maxEventBytes,
  maxEventsPerRecord,
  maxLeadMs,
  maxNesting,
  maxPropertiesBytes,
  sequenceNumberDigits,
} from './limits.ts';
export { parseTimestamp } from './parse-timestamp.ts';
export { padSequenceNumber } from './sequence-number.ts';
export { suggestMilliseconds } from './suggest-milliseconds.ts';
export type { Decoded, DecodedEvent, Position, Refusal, RefusalReason, StreamRecord } from './types.ts';
