import { setTimeout as sleep } from 'node:timers/promises';
import { type KinesisClient, PutRecordsCommand, type PutRecordsRequestEntry } from '@aws-sdk/client-kinesis';
import type { SampleEvent } from './flight-events.ts';

/** Kinesis takes 500 records a PutRecords call. */
const MAX_RECORDS_PER_CALL = 500;

const MAX_ATTEMPTS = 8;

/** Where to put events. */
export interface StreamTarget {
  readonly client: KinesisClient;
  readonly streamName: string;
}

/**
 * Puts each event as a record of its own, one call at a time, with its id as partition key; reports how many are on the
 * stream.
 */
export async function sendToStream(
  target: StreamTarget,
  events: readonly SampleEvent[],
  onProgress: (sent: number) => void = () => {},
): Promise<void> {
  for (let start = 0; start < events.length; start += MAX_RECORDS_PER_CALL) {
    const part = events.slice(start, start + MAX_RECORDS_PER_CALL);
    await putUntilAllAreIn(target, part.map(toEntry));
    onProgress(start + part.length);
  }
}

function toEntry(event: SampleEvent): PutRecordsRequestEntry {
  return { Data: Buffer.from(JSON.stringify(event)), PartitionKey: event.id };
}

/** PutRecords may refuse some records of a call (a shard's limit): those are put again, after growing pauses. */
async function putUntilAllAreIn(
  { client, streamName }: StreamTarget,
  entries: PutRecordsRequestEntry[],
): Promise<void> {
  let left = entries;
  for (let attempt = 0; left.length > 0; attempt++) {
    if (attempt === MAX_ATTEMPTS) {
      throw new Error(`the stream ${streamName} still refuses ${left.length} records after ${MAX_ATTEMPTS} attempts`);
    }
    await sleep(attempt === 0 ? 0 : 50 * 2 ** attempt);
    const { Records = [] } = await client.send(new PutRecordsCommand({ StreamName: streamName, Records: left }));
    left = left.filter((_entry, index) => Records[index]?.ErrorCode !== undefined);
  }
}
