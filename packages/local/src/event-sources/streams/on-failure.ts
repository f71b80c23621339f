import { randomUUID } from 'node:crypto';
import type { AwsClient } from '../../aws-calls/aws-client.ts';
import { expectRight, type RoleCheck, sendNeeds } from '../../aws-door/rights/needs/acting-needs.ts';
import { counted, destinationInWords } from '../../invoke/given-up-words.ts';
import { sendMessage } from '../../invoke/send-message.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import type { GivenUpRecords } from './deliver-batch.ts';

/** Where records go that were given up, and where they came from. */
export interface OnFailureDeps {
  readonly aws: AwsClient;
  /** Says what the function's role lacks: Lambda writes in its name. */
  readonly lacks: RoleCheck;
  /** The ARN of a queue, a topic or a bucket; undefined drops them, as Lambda does. */
  readonly destination: string | undefined;
  readonly functionArn: string;
  readonly streamArn: string;
  /** What Lambda calls the batch in its message, by the kind of stream. */
  readonly batchInfo: 'KinesisBatchInfo' | 'DDBStreamBatchInfo';
  readonly clock: SourceClock;
  readonly log: (line: string) => void;
}

/** Sends what Lambda sends for records that it gave up: their position; to an S3 bucket also the records themselves. */
export function createOnFailure(deps: OnFailureDeps): (shardId: string, given: GivenUpRecords) => Promise<void> {
  const { aws, destination, log } = deps;
  return async (shardId, given) => {
    const what = `${shardId}: Gave up ${counted(given.records.length, 'record')} (${given.reason})`;
    if (destination === undefined) return log(`${what}, which are lost: the event has no on-failure destination`);
    const message = describe(shardId, given, deps);
    const key = objectKey(shardId, deps);
    const isSent = await persistently(async () => {
      expectRight(deps.lacks, sendNeeds(destination, key));
      if (!destination.startsWith('arn:aws:s3:')) return sendMessage(aws, destination, message);
      const payload = JSON.stringify({ Records: given.records.map(({ eventRecord }) => eventRecord) });
      const path = `/${destination.split(':').at(-1)}/${key}`;
      const outcome = await aws.s3('PUT', path, JSON.stringify({ ...message, payload }));
      if (!outcome.ok) throw new Error(`${outcome.code}: ${outcome.message}`);
    }, deps);
    log(`${what}, ${isSent ? kept(destination) : 'which are lost'}`);
  };
}

/** Only a bucket gets the records themselves. */
function kept(destination: string): string {
  const where = destinationInWords(destination);
  return destination.startsWith('arn:aws:s3:') ? `which are now in ${where}` : `and sent their position to ${where}`;
}

const ATTEMPTS = 3;
const PAUSE_MS = 1000;

/** Records that the destination does not take after all are lost, as in AWS; but here the log says so. */
async function persistently(send: () => Promise<void>, { destination, clock, log }: OnFailureDeps): Promise<boolean> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const problem = await send().then(
      () => undefined,
      (error: unknown) => error ?? 'unknown',
    );
    if (problem === undefined) return true;
    log(`${destination} did not take the records that were given up: ${problem}`);
    await clock.sleep(PAUSE_MS, new AbortController().signal);
  }
  return false;
}

function describe(shardId: string, { reason, records, attempts }: GivenUpRecords, deps: OnFailureDeps) {
  const first = records[0];
  const last = records.at(-1);
  return {
    requestContext: {
      requestId: randomUUID(),
      functionArn: deps.functionArn,
      condition: reason,
      approximateInvokeCount: attempts,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: new Date(deps.clock.now()).toISOString(),
    [deps.batchInfo]: {
      shardId,
      startSequenceNumber: first?.sequenceNumber,
      endSequenceNumber: last?.sequenceNumber,
      approximateArrivalOfFirstRecord: new Date((first?.arrival ?? 0) * 1000).toISOString(),
      approximateArrivalOfLastRecord: new Date((last?.arrival ?? 0) * 1000).toISOString(),
      batchSize: records.length,
      streamArn: deps.streamArn,
    },
  };
}

/**
 * `aws/lambda/<mapping>/<shard>/YYYY/MM/DD/YYYY-MM-DDTHH.MM.SS-<random>`: here the stream stands in place of the
 * mapping's id.
 */
function objectKey(shardId: string, { streamArn, clock }: OnFailureDeps): string {
  const time = new Date(clock.now()).toISOString().slice(0, 19);
  const stream = streamName(streamArn);
  return `aws/lambda/${stream}/${shardId}/${time.slice(0, 10).replaceAll('-', '/')}/${time.replaceAll(':', '.')}-${randomUUID()}`;
}

/** The stream of `…:stream/<name>`, or the table of `…:table/<name>/stream/<label>`. */
function streamName(streamArn: string): string | undefined {
  return streamArn.split('/')[1];
}
