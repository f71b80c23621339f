import type { SourceRecord } from '../streams/stream-port.ts';

/** A record as GetRecords of a table's stream returns it. */
export interface TableRecord {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly dynamodb: {
    readonly SequenceNumber: string;
    /** Epoch seconds. */
    readonly ApproximateCreationDateTime: number;
  };
  /** Set for an item that the table's expiry has deleted. */
  readonly userIdentity?: { readonly Type: string; readonly PrincipalId: string } | null;
}

/** Where records come from, as Lambda's event says it. */
export interface TableOrigin {
  readonly streamArn: string;
  readonly region: string;
}

/** DynamoDB Local gives the minute of a write; AWS gives the second. */
const PRECISION_SECONDS = 60;

/** The record as a source delivers it; it has been read at `now` (epoch ms). */
export function tableRecord(record: TableRecord, { streamArn, region }: TableOrigin, now: number): SourceRecord {
  const { eventID, eventVersion, dynamodb, userIdentity } = record;
  const eventRecord = {
    eventID,
    // An item that expired was removed, whatever the emulator calls it.
    eventName: userIdentity ? 'REMOVE' : record.eventName,
    eventVersion,
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb,
    eventSourceARN: streamArn,
    ...(userIdentity && { userIdentity: { type: userIdentity.Type, principalId: userIdentity.PrincipalId } }),
  };
  return {
    sequenceNumber: dynamodb.SequenceNumber,
    // The last moment that it may mean: no record is then too old before its time.
    arrival: Math.min(now / 1000, dynamodb.ApproximateCreationDateTime + PRECISION_SECONDS),
    eventRecord,
    bytes: Buffer.byteLength(JSON.stringify(eventRecord)) + 1,
    filtered: () => ({ fields: eventRecord }),
  };
}
