import { type KinesisClient, PutRecordsCommand, type PutRecordsResultEntry } from '@aws-sdk/client-kinesis';
import type { StreamRecord } from '../pack-records.ts';

/** The first wait before what failed is sent again; each next one may be twice as long, up to the longest. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 5_000;

/** The part of the SDK's `KinesisClient` that is used. */
export type StreamClient = Pick<KinesisClient, 'send'>;

export interface PutDeps {
  readonly client: StreamClient;
  readonly streamName: string;
  /** After it, what the stream has not taken is given up. */
  readonly maxAgeMs: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

/** What the stream did not take, and the last reason it gave. */
export interface Refused {
  readonly records: readonly StreamRecord[];
  readonly error: unknown;
}

interface Attempt extends Refused {
  /** Another attempt cannot help. */
  readonly isFinal: boolean;
}

/** Puts records until the stream has taken all: only those that failed are sent again, with full jitter. */
export async function putRecords(deps: PutDeps, records: readonly StreamRecord[]): Promise<Refused | undefined> {
  const deadline = deps.now() + deps.maxAgeMs;
  let left = records;
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, LONGEST_WAIT_MS)) {
    const attempt = await putOnce(deps, left, Math.max(1, deadline - deps.now()));
    if (attempt.records.length === 0) return undefined;
    left = attempt.records;
    const pauseMs = Math.ceil(deps.random() * waitMs);
    if (attempt.isFinal || deps.now() + pauseMs >= deadline) return attempt;
    await deps.sleep(pauseMs);
  }
}

async function putOnce(
  { client, streamName }: PutDeps,
  records: readonly StreamRecord[],
  leftMs: number,
): Promise<Attempt> {
  const command = new PutRecordsCommand({
    StreamName: streamName,
    Records: records.map(({ partitionKey, explicitHashKey, data }) => ({
      PartitionKey: partitionKey,
      ...(explicitHashKey !== undefined && { ExplicitHashKey: explicitHashKey }),
      Data: data,
    })),
  });
  try {
    const { Records = [] } = await client.send(command, { abortSignal: AbortSignal.timeout(leftMs) });
    return unacknowledged(records, Records);
  } catch (error) {
    return { records, error, isFinal: isFinal(error) };
  }
}

/** A record without an answer of its own counts as failed. */
function unacknowledged(records: readonly StreamRecord[], results: readonly PutRecordsResultEntry[]): Attempt {
  const failed = records.filter((_, index) => results[index]?.SequenceNumber === undefined);
  const refusal = results.find(({ ErrorCode }) => ErrorCode);
  const error = new Error(
    `${refusal?.ErrorCode ?? 'NoAnswer'}: ${refusal?.ErrorMessage ?? 'the record has no answer'}`,
  );
  return { records: failed, error, isFinal: false };
}

/** Errors of the caller stay what they are, but for throttling: no such stream, no permission, a call that is not valid. */
function isFinal(error: unknown): boolean {
  const { $fault, $retryable, name = '' } = error as { $fault?: string; $retryable?: unknown; name?: string };
  return (
    $fault === 'client' && $retryable === undefined && !/Throttl|Throughput|LimitExceeded|Expired|Timeout/.test(name)
  );
}
