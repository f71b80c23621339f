import { eraseFromPayload } from '@weir/events';
import type { Person } from './erase-deps.ts';
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

/** Stands for a partition key that told of the person. */
const ERASED_KEY = 'erased';

/**
 * A batch that Lambda gave up, without a person's events. A record that held nothing else has lost its `data` and says
 * `"erased":true`; one that also held other people's events keeps those, so that they can still be sent again.
 * Undefined where the person is not in it. Throws where it is no such batch.
 */
export function eraseFailedBatch(object: Uint8Array, person: Person): RewrittenBytes | undefined {
  const batch = JSON.parse(Buffer.from(object).toString()) as FailedBatch;
  const event = typeof batch.payload === 'string' ? (JSON.parse(batch.payload) as FailedEvent) : batch.payload;
  let items = 0;
  const Records = event.Records.map((record) => {
    const erased = eraseRecord(record, person);
    items += erased.events;
    return erased.record;
  });
  if (items === 0) return undefined;
  const payload = typeof batch.payload === 'string' ? JSON.stringify({ ...event, Records }) : { ...event, Records };
  return { bytes: Buffer.from(JSON.stringify({ ...batch, payload })), items };
}

interface ErasedRecord {
  readonly record: FailedRecord;
  readonly events: number;
}

/** Nothing in it is known to be theirs, but for the key that says so. */
function withoutKey(record: FailedRecord): ErasedRecord {
  return { record: { ...record, kinesis: { ...record.kinesis, partitionKey: ERASED_KEY } }, events: 1 };
}

function eraseRecord(record: FailedRecord, { userId, until }: Person): ErasedRecord {
  const { data, partitionKey, ...kinesis } = record.kinesis;
  if (data === undefined || kinesis.approximateArrivalTimestamp * 1000 >= until) return { record, events: 0 };
  const erasure = eraseFromPayload(Buffer.from(data, 'base64'), userId);
  if (erasure.kind === 'untouched') return partitionKey === userId ? withoutKey(record) : { record, events: 0 };
  const { rest, events } = erasure;
  if (rest === undefined) {
    return {
      events,
      record: { ...record, kinesis: { ...kinesis, partitionKey: ERASED_KEY, erased: true } } as FailedRecord,
    };
  }
  const key = partitionKey === userId ? ERASED_KEY : partitionKey;
  const kept = { ...kinesis, partitionKey: key, data: Buffer.from(rest).toString('base64') };
  return { events, record: { ...record, kinesis: kept } };
}
