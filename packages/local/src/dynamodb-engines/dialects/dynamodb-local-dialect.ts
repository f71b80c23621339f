import type { Dialect } from '../../aws-calls/backend.ts';
import { type WireStreamRecord, withRecords } from './stream-records.ts';

/** What the stream says of an item that expired. */
const EXPIRY = { type: 'Service', principalId: 'dynamodb.amazonaws.com' };

/** What DynamoDB Local does otherwise than AWS, put right. */
export const dynamoDbLocalDialect: Dialect = {
  corrections: { GetRecords: (answer) => withRecords(answer, (records) => records.map(named)) },
};

/** It has no name for the record of an item that expired. */
function named(record: WireStreamRecord): WireStreamRecord {
  if (record.eventName !== 'UNKNOWN_TO_SDK_VERSION') return record;
  return { ...record, eventName: 'REMOVE', userIdentity: EXPIRY };
}
