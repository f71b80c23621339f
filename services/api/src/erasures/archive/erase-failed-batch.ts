import { eraseFromPayload } from '@weir/events';
import { MemberCounts, type People } from '../cohort/people.ts';
import type { RewrittenBytes } from './rewrite-object.ts';

interface FailedRecord {
  readonly kinesis: {
    readonly partitionKey: string;
    /** Epoch seconds. */
    readonly approximateArrivalTimestamp: number;
    /** Base64; not there once the record was erased. */
    readonly data?: string;
  };
}

/** What Lambda writes to an on-failure destination in S3: its invocation record, with the batch it gave up. */
interface FailedBatch {
  readonly payload: string | FailedEvent;
}

interface FailedEvent {
  readonly Records: readonly FailedRecord[];
}

/** Stands for a partition key that told of a person. */
const ERASED_KEY = 'erased';

/**
 * A batch that Lambda gave up, without some people's events. A record that held nothing else has lost its `data` and says
 * `"erased":true`; one that also held other people's events keeps those, so that they can still be sent again.
 * Undefined where none of them is in it. Throws where it is no such batch.
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

/** A record without their events, which are counted. */
function eraseRecord(record: FailedRecord, people: People, items: MemberCounts): FailedRecord {
  const { data, partitionKey, ...kinesis } = record.kinesis;
  if (data === undefined) return record;
  const find = (userId: string) => people.find(userId, kinesis.approximateArrivalTimestamp * 1000);
  const keyed = find(partitionKey);
  const key = keyed ? ERASED_KEY : partitionKey;
  const erasure = eraseFromPayload(Buffer.from(data, 'base64'), people.users, (userId) => find(userId) !== undefined);
  if (erasure.kind === 'untouched') {
    // Nothing in it is known to be theirs, but for the key that says so.
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
