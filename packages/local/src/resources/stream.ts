import { setTimeout as sleep } from 'node:timers/promises';
import type { CreateResource } from './create-resource.ts';
import { expectCreated } from './expect-created.ts';

/** What a stream keeps if the template does not say. */
const DEFAULT_RETENTION_HOURS = 24;
const POLL_MS = 10;

/** Creates a stream with its shards and retention, and waits until it is active. */
export const createStream: CreateResource = async (aws, { physical: { name }, properties }) => {
  const outcome = await aws.json('kinesis', 'CreateStream', {
    StreamName: name,
    ShardCount: Number(properties.ShardCount ?? 1),
  });
  if (expectCreated(outcome, `stream ${name}`, ['ResourceInUseException']) === 'existed') return;
  for (;;) {
    const summary = await aws.json('kinesis', 'DescribeStreamSummary', { StreamName: name });
    const description = summary.ok ? (summary.json.StreamDescriptionSummary as { StreamStatus: string }) : undefined;
    if (description?.StreamStatus === 'ACTIVE') break;
    await sleep(POLL_MS);
  }
  const hours = Number(properties.RetentionPeriodHours ?? DEFAULT_RETENTION_HOURS);
  if (hours <= DEFAULT_RETENTION_HOURS) return;
  const longer = { StreamName: name, RetentionPeriodHours: hours };
  expectCreated(await aws.json('kinesis', 'IncreaseStreamRetentionPeriod', longer), `the retention of stream ${name}`);
};
