import { MemoryObjectStore } from '@weir/archive/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { createAdmittedActions } from '@weir/ingest-stream/src/consume/admit-actions.ts';
import { Consumer } from '@weir/ingest-stream/src/consume/consume-batch.ts';
import { createConsumeHandler } from '@weir/ingest-stream/src/consume/consume-handler.ts';
import { createEventHashes } from '@weir/ingest-stream/src/consume/event-hashes.ts';
import type { StreamTip } from '@weir/ingest-stream/src/progress/stream-tip.ts';
import { ProgressWriter } from '@weir/ingest-stream/src/progress/write-progress.ts';
import { createSweepHandler } from '@weir/ingest-stream/src/sweep/sweep-handler.ts';
import { Sweeper } from '@weir/ingest-stream/src/sweep/sweep-logs.ts';
import { GivenUpWatch } from '@weir/ingest-stream/src/sweep/watch-given-up.ts';
import type { Context } from 'aws-lambda';
import type { Template } from '../../templates/template.ts';
import { resolve } from '../cloudwatch/alarm.ts';
import { MINUTE_MS, SECOND_MS } from '../simulated/clock.ts';
import { Inbox } from '../simulated/inbox.ts';
import { SimulatedFunction } from '../simulated/simulated-function.ts';
import { SimulatedStream } from '../simulated/simulated-stream.ts';
import type { World } from '../situation.ts';

const SHARD_ID = 'shardId-000000000000';
const SHARD = {
  shardId: SHARD_ID,
  logId: '1764000000.0',
  parents: [],
  hashRange: { start: '0', end: String(2n ** 128n - 1n) },
};
const MAX_ACTIONS = 2;
/** The minute of the schedule does not begin with the minute of the clock. */
const SWEEP_AT_MS = 20 * SECOND_MS;

/** The records of one minute, by the second of their arrival. */
export type Traffic = (minute: number) => readonly { readonly second: number; readonly text: string }[];

/** The states in which a table has no new backup. */
export type BackupMetric = 'NumberOfBackupJobsFailed' | 'NumberOfBackupJobsExpired';

/** The service ingest-stream: its real handlers, with stores in memory that a situation can break. */
export class IngestWorld implements World {
  readonly inbox = new Inbox();
  isTableDown = false;
  isBucketDown = false;
  /** The calls that the table refuses while it is not down, by their names in the store. */
  readonly refusedCalls = new Set<string>();
  /** The records that are sent in the minute that begins at that time. */
  traffic: Traffic = () => [];
  isSweepScheduled = true;
  /** While true, the stream refuses to tell what its shards hold. */
  isTipDown = false;
  readonly stream: SimulatedStream;
  readonly consume: SimulatedFunction;
  readonly sweep: SimulatedFunction;
  #isGivingUp = false;
  #missedBackup: BackupMetric | undefined;
  readonly #objects: MemoryObjectStore;
  readonly #template: Template;
  readonly #sweepHandler: ReturnType<typeof createSweepHandler>;

  constructor(template: Template) {
    this.#template = template;
    this.consume = new SimulatedFunction(template, 'ConsumeLambdaFunction', this.inbox);
    this.sweep = new SimulatedFunction(template, 'SweepLambdaFunction', this.inbox);
    const now = () => Date.now();
    const store = new MemoryMetricsStore(async (operation) => {
      if (this.isTableDown || this.refusedCalls.has(operation)) throw new Error(`the table refuses ${operation}`);
    });
    const objects = new MemoryObjectStore(now, async () => {
      if (this.isBucketDown) throw new Error('the bucket refuses');
    });
    this.stream = new SimulatedStream(template, this.inbox, {
      shardId: SHARD_ID,
      fn: this.consume,
      consume: createConsumeHandler({
        telemetry: this.consume.telemetry,
        consumer: new Consumer(
          {
            ...{ store, objects, now, log: this.consume.telemetry.log, meter: this.consume.telemetry.meter },
            topology: { locate: async () => SHARD, shardOf: async () => SHARD },
            actions: createAdmittedActions({ slots: store, maxActions: MAX_ACTIONS }),
            hashes: createEventHashes({ secrets: store, newSecret: () => 'secret' }),
          },
          { windowSeconds: 3600, entryTtlSeconds: 9 * 86_400, foldBudgetMs: 1000, userActivity: true },
        ),
      }),
    });
    const { telemetry } = this.sweep;
    const deps = { store, now, log: telemetry.log, meter: telemetry.meter };
    const progress = new ProgressWriter({ ...deps, stream: this.#tip() });
    this.#sweepHandler = createSweepHandler({
      ...{ telemetry, now, progress },
      givenUp: new GivenUpWatch({ ...deps, objects }),
      sweeper: new Sweeper({ ...deps, objects }),
    });
    this.#objects = objects;
  }

  #tip(): StreamTip {
    return {
      listShards: async () => {
        if (this.isTipDown) throw new Error('Kinesis refuses');
        return [SHARD];
      },
      readFrom: async function* (this: IngestWorld) {
        yield {
          records: this.stream.waiting().filter(({ arrival }) => arrival <= Date.now()),
          isTip: true,
          next: 'next',
        };
      }.bind(this),
    };
  }

  /** Lambda gives up a batch in the next minute, and writes it into the bucket. */
  giveUp(): void {
    this.#isGivingUp = true;
  }

  /** AWS Backup reports in the next minute that a job of a table is in the state that the metric is about. */
  missBackup(metric: BackupMetric): void {
    this.#missedBackup = metric;
  }

  async runMinute(at: number): Promise<void> {
    for (const { second, text } of this.traffic(at)) this.stream.put(at + second * SECOND_MS, text);
    await this.stream.readUntil(at + SWEEP_AT_MS);
    if (this.#isGivingUp) {
      await this.#objects.put(`aws/lambda/mapping/${SHARD_ID}/2026/01/10/${nameAt(at)}`, new Uint8Array());
    }
    this.#isGivingUp = false;
    if (this.#missedBackup !== undefined) this.#reportBackup(this.#missedBackup, at);
    this.#missedBackup = undefined;
    const run = (context: Context) => this.#sweepHandler(undefined, context);
    if (this.isSweepScheduled) await this.sweep.call({ at: at + SWEEP_AT_MS, takesMs: 2 * SECOND_MS, run });
    await this.stream.readUntil(at + MINUTE_MS);
  }

  /** "AWS Backup emits updated metrics to CloudWatch every 5 minutes", and none that is 0. */
  #reportBackup(name: BackupMetric, at: number): void {
    const dimensions = { BackupVaultName: resolve(this.#template, { Ref: 'BackupVault' }), ResourceType: 'DynamoDB' };
    this.inbox.put({ namespace: 'AWS/Backup', name, dimensions, at, sentAt: at + 5 * MINUTE_MS, value: 1 });
  }
}

/** The end of the name that Lambda gives to a batch. */
function nameAt(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replaceAll(':', '.')}-id`;
}
