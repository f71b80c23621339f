import { type KinesisClient, PutRecordsCommand, type PutRecordsResultEntry } from '@aws-sdk/client-kinesis';
import type { Logger } from '@weir/logging';
import type { EventStream, StreamEntry } from '../events/event-stream.ts';

/** The first wait before failed records are sent again. Each next wait may be twice as long. */
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 1_000;

/**
 * Dependencies of `createKinesisEventStream`. Clock, randomness and waiting are parameters, so that tests can control
 * them.
 */
export interface KinesisEventStreamDeps {
  readonly client: Pick<KinesisClient, 'send'>;
  readonly streamName: string;
  /** For all calls together. After it, entries that are not stored are reported as missing. */
  readonly budgetMs: number;
  readonly now: () => number;
  readonly random: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  readonly log: Logger;
}

/**
 * The stream through PutRecords, with at most 500 entries and 5 MiB in a call; the limits of a request ensure that. Only
 * failed records are sent again, after growing waits with full jitter, until the budget is used up.
 */
export function createKinesisEventStream(deps: KinesisEventStreamDeps): EventStream {
  return {
    async put(entries) {
      const deadline = deps.now() + deps.budgetMs;
      let left: readonly StreamEntry[] = entries;
      for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
        const { failed, isFinal } = await putOnce(deps, left, Math.max(1, deadline - deps.now()));
        if (failed.length === 0) return { kind: 'stored' };
        left = failed;
        const pauseMs = Math.ceil(deps.random() * waitMs);
        if (isFinal || deps.now() + pauseMs >= deadline) return { kind: 'unavailable', missing: failed.length };
        await deps.sleep(pauseMs);
      }
    },
  };
}

/**
 * Sends one PutRecords and returns the entries that are still to be stored. If a whole call fails, the SDK has already
 * retried it.
 */
async function putOnce(
  deps: KinesisEventStreamDeps,
  entries: readonly StreamEntry[],
  leftMs: number,
): Promise<{ failed: StreamEntry[]; isFinal: boolean }> {
  const command = new PutRecordsCommand({
    StreamName: deps.streamName,
    Records: entries.map(({ partitionKey, data }) => ({ PartitionKey: partitionKey, Data: Buffer.from(data) })),
  });
  try {
    const { Records: results = [] } = await deps.client.send(command, { abortSignal: AbortSignal.timeout(leftMs) });
    const failed = unacknowledged(entries, results);
    const code = results.find((result) => result.ErrorCode)?.ErrorCode;
    if (failed.length > 0) deps.log.warn('The stream did not accept all records', { failed: failed.length, code });
    return { failed, isFinal: false };
  } catch (error) {
    deps.log.error('The stream accepted no records', { failed: entries.length, error });
    return { failed: [...entries], isFinal: true };
  }
}

/** The entries that the answer does not acknowledge. An entry without a result counts as failed. */
function unacknowledged(entries: readonly StreamEntry[], results: readonly PutRecordsResultEntry[]): StreamEntry[] {
  return entries.filter((_, index) => results[index]?.SequenceNumber === undefined);
}
