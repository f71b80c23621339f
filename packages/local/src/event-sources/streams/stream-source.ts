import type { Invoke } from '../../invoke/lambda-invoke.ts';
import { createDoorbell, type Doorbell } from '../mappings/doorbell.ts';
import type { RunningSource } from '../mappings/event-source-mapping.ts';
import type { SourceClock } from '../mappings/source-clock.ts';
import type { Checkpoints } from './checkpoints.ts';
import { deliverBatch, type GivenUpRecords } from './deliver-batch.ts';
import { createShardReader, type ReaderStart } from './shard-reader.ts';
import { beginAtLatest, startOf } from './shard-start.ts';
import type { Shard, StreamPort } from './stream-port.ts';
import type { StreamSettings } from './stream-settings.ts';

/** What an event source mapping for a stream needs. */
export interface StreamSourceDeps {
  readonly port: StreamPort;
  readonly invoke: Invoke;
  readonly checkpoints: Checkpoints;
  readonly settings: StreamSettings;
  readonly clock: SourceClock;
  /** Takes the records that were given up to the on-failure destination. */
  readonly giveUp: (shardId: string, given: GivenUpRecords) => Promise<void>;
  readonly log: (line: string) => void;
}

/** How often new shards are looked for; they are also looked for as soon as a shard has ended. */
const DISCOVERY_MS = 1000;
const AT_LATEST: ReaderStart = { position: { from: 'LATEST' } };

interface ShardRun {
  readonly shardId: string;
  readonly from: ReaderStart;
  readonly doorbell: Doorbell;
  readonly stopping: AbortSignal;
}

/** Starts one reader for each shard, a child only when its parents are finished. */
export function startStreamSource(deps: StreamSourceDeps): RunningSource {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const doorbell = createDoorbell(deps.clock, stopping.signal);
  let shardEnded = new AbortController();

  const start = async ({ shardId }: Shard, from: ReaderStart) => {
    await consumeShard({ shardId, from, doorbell, stopping: stopping.signal }, deps);
    running.delete(shardId);
    shardEnded.abort();
  };
  const discover = async () => {
    while (!stopping.signal.aborted) {
      shardEnded = new AbortController();
      const shards = await listShards(deps);
      const atLatest = beginAtLatest(shards, deps);
      for (const shard of readyShards(shards, deps.checkpoints)) {
        if (running.has(shard.shardId)) continue;
        const isAtLatest = atLatest.includes(shard.shardId);
        running.set(shard.shardId, start(shard, isAtLatest ? AT_LATEST : startOf(shard.shardId, deps)));
      }
      await deps.clock.sleep(DISCOVERY_MS, AbortSignal.any([stopping.signal, shardEnded.signal]));
    }
  };
  const discovering = discover();

  return {
    wake: doorbell.ring,
    stop: async () => {
      stopping.abort();
      await discovering;
      await Promise.all(running.values());
    },
  };
}

/** The unfinished shards whose parents are finished, or have left the stream. */
export function readyShards(shards: readonly Shard[], checkpoints: Checkpoints): readonly Shard[] {
  const present = new Set(shards.map(({ shardId }) => shardId));
  const finished = (shardId: string) => checkpoints.get(shardId)?.state === 'finished';
  return shards.filter(
    ({ shardId, parents }) => !finished(shardId) && parents.every((parent) => !present.has(parent) || finished(parent)),
  );
}

async function listShards({ port, log }: StreamSourceDeps): Promise<readonly Shard[]> {
  return port.shards().catch((error: unknown) => {
    log(error instanceof Error ? error.message : String(error));
    return [];
  });
}

/** Delivers a shard batch by batch until it is closed and empty, or the source stops. */
async function consumeShard({ shardId, from, doorbell, stopping }: ShardRun, deps: StreamSourceDeps): Promise<void> {
  const { checkpoints, settings, clock } = deps;
  const progress = (sequenceNumber: string) => checkpoints.set(shardId, { state: 'open', sequenceNumber });
  const reader = createShardReader(from, {
    ...{ shardId, port: deps.port, settings, clock, doorbell, stopping, log: deps.log },
    passedOver: progress,
  });
  const delivery = {
    ...{ invoke: deps.invoke, settings, clock, stopping, progress },
    giveUp: (given: GivenUpRecords) => deps.giveUp(shardId, given),
    log: (line: string) => deps.log(`${shardId}: ${line}`),
  };
  for (let next = await reader.next(); next.kind !== 'stopped'; next = await reader.next()) {
    if (next.kind === 'closed') {
      checkpoints.set(shardId, { state: 'finished' });
      return;
    }
    await deliverBatch(next.records, delivery);
  }
}
