import { eraseFromPayload } from '@weir/events';
import { MemberCounts, type People } from '../cohort/people.ts';
import type { RewrittenBytes } from './rewrite-object.ts';

interface FailedRecord {
  readonly kinesis: {
    readonly partitionKey: string;
    /** Epoch seconds. */
    readonly approximateArrivalTimestamp: number;
    /** Base64; missing after the record was erased. */
    readonly data?: string;
  };
}

/**
 * The object that Lambda writes to an on-failure destination in S3: its invocation record, with the batch that it stopped
 * retrying.
 */
interface FailedBatch {
  readonly payload: string | FailedEvent;
}

interface FailedEvent {
  readonly Records: readonly FailedRecord[];
}

/** Replaces a partition key that named a user. */
const ERASED_KEY = 'erased';

/**
 * Erases users' events from a batch that Lambda stopped retrying. A record with only these events loses its `data` and
 * has `"erased":true`. A record that also has other users' events keeps those, so that they can still be sent again.
 * Undefined if the batch has no events of these users. Throws if the object is no such batch.
 */
export function eraseFailedBatch(object: Uint8Array, people: People): RewrittenBytes | undefined {
  const batch = JSON.parse(Buffer.from(object).toString()) as FailedBatch;
  const event = typeof batch.payload === 'string' ? (JSON.parse(batch.payload) as FailedEvent) : batch.payload;
  const items = new MemberCounts();
  const Records = event.Records.map((record) => eraseRecord(record, people, items));
  if (items.counts.size === 0) return undefined;
  const payload = typeof batch.payload === 'string' ? JSON.stringify({ ...event, Records }) : { ...event, Records };
  return { bytes: Buffer.from(JSON.stringify({ ...batch, payload })), items };
}

/** A record without these users' events. `items` counts them. */
function eraseRecord(record: FailedRecord, people: People, items: MemberCounts): FailedRecord {
  const { data, partitionKey, ...kinesis } = record.kinesis;
  if (data === undefined) return record;
  const find = (userId: string) => people.find(userId, kinesis.approximateArrivalTimestamp * 1000);
  const keyed = find(partitionKey);
  const key = keyed ? ERASED_KEY : partitionKey;
  const erasure = eraseFromPayload(Buffer.from(data, 'base64'), people.users, (userId) => find(userId) !== undefined);
  if (erasure.kind === 'untouched') {
    // Only the partition key is known to name a user.
    if (keyed) items.add(keyed.member);
    return keyed ? { ...record, kinesis: { ...record.kinesis, partitionKey: key } } : record;
  }
  for (const [userId, events] of erasure.events) items.add(find(userId)?.member ?? 0, events);
  const left =
    erasure.rest === undefined
      ? { partitionKey: ERASED_KEY, erased: true }
      : { partitionKey: key, data: Buffer.from(erasure.rest).toString('base64') };
  return { ...record, kinesis: { ...kinesis, ...left } };
}
