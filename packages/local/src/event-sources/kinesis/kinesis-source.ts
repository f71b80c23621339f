import type { Invoke } from '../../invoke/lambda-invoke.ts';
import type { Checkpoints } from './checkpoints.ts';
import { deliverBatch, type GivenUp, type SourceClock } from './deliver-batch.ts';
import { createDoorbell, type Doorbell } from './doorbell.ts';
import type { EventOrigin } from './kinesis-event.ts';
import type { KinesisPort, Shard, ShardPosition } from './kinesis-port.ts';
import { createShardReader } from './shard-reader.ts';
import type { StreamSettings } from './stream-settings.ts';

/** What an event source mapping for a Kinesis stream needs. */
export interface KinesisSourceDeps {
  readonly kinesis: KinesisPort;
  readonly invoke: Invoke;
  readonly checkpoints: Checkpoints;
  readonly settings: StreamSettings;
  readonly origin: Omit<EventOrigin, 'shardId'>;
  readonly clock: SourceClock;
  /** Takes what was given up to the on-failure destination. */
  readonly giveUp: (shardId: string, given: GivenUp) => Promise<void>;
  readonly log: (line: string) => void;
}

/** A running event source mapping. */
export interface KinesisSource {
  /** Says that there may be new records. */
  wake(): void;
  /** Resolves when the invocations under way have ended; nothing is invoked after that. */
  stop(): Promise<void>;
}

/** New shards are looked for this often, and as soon as one has ended. */
const DISCOVERY_MS = 1000;

/** Starts one reader for each shard, a child only when its parents are finished. */
export function startKinesisSource(deps: KinesisSourceDeps): KinesisSource {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const doorbell = createDoorbell(deps.clock, stopping.signal);
  let shardEnded = new AbortController();

  const start = async (shard: Shard) => {
    await consumeShard(shard, deps, doorbell, stopping.signal);
    running.delete(shard.shardId);
    shardEnded.abort();
  };
  const discover = async () => {
    while (!stopping.signal.aborted) {
      shardEnded = new AbortController();
      for (const shard of readyShards(await listShards(deps), deps.checkpoints)) {
        if (!running.has(shard.shardId)) running.set(shard.shardId, start(shard));
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

/** The unfinished shards whose parents are finished, or have fallen out of the stream. */
export function readyShards(shards: readonly Shard[], checkpoints: Checkpoints): readonly Shard[] {
  const present = new Set(shards.map(({ shardId }) => shardId));
  const finished = (shardId: string) => checkpoints.get(shardId)?.state === 'finished';
  return shards.filter(
    ({ shardId, parents }) => !finished(shardId) && parents.every((parent) => !present.has(parent) || finished(parent)),
  );
}

async function listShards({ kinesis, log }: KinesisSourceDeps): Promise<readonly Shard[]> {
  return kinesis.shards().catch((error: unknown) => {
    log(error instanceof Error ? error.message : String(error));
    return [];
  });
}

/** Delivers a shard batch by batch until it is closed and empty, or the source stops. */
async function consumeShard(
  { shardId, parents }: Shard,
  deps: KinesisSourceDeps,
  doorbell: Doorbell,
  stopping: AbortSignal,
): Promise<void> {
  const { checkpoints, settings, clock, log } = deps;
  const origin = { ...deps.origin, shardId };
  const start = startOf(shardId, parents, deps);
  const reader = createShardReader(start, { kinesis: deps.kinesis, settings, origin, clock, doorbell, stopping, log });
  const delivery = {
    ...{ invoke: deps.invoke, settings, clock, stopping },
    giveUp: (given: GivenUp) => deps.giveUp(shardId, given),
    progress: (sequenceNumber: string) => checkpoints.set(shardId, { state: 'open', sequenceNumber }),
  };
  for (let next = await reader.next(); next.kind !== 'stopped'; next = await reader.next()) {
    if (next.kind === 'closed') {
      checkpoints.set(shardId, { state: 'finished' });
      return;
    }
    await deliverBatch(next.records, origin, delivery);
  }
}

/** After the checkpoint; without one a child is read from its beginning, as its parents were before it. */
function startOf(
  shardId: string,
  parents: readonly string[],
  { checkpoints, settings }: KinesisSourceDeps,
): ShardPosition {
  const checkpoint = checkpoints.get(shardId);
  if (checkpoint?.state === 'open') return { from: 'AFTER', sequenceNumber: checkpoint.sequenceNumber };
  return parents.length > 0 ? { from: 'TRIM_HORIZON' } : settings.startingPosition;
}
