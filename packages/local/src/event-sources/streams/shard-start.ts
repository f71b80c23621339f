import type { SourceClock } from '../mappings/source-clock.ts';
import type { Checkpoints } from './checkpoints.ts';
import type { ReaderStart } from './shard-reader.ts';
import type { Shard } from './stream-port.ts';
import type { StreamSettings } from './stream-settings.ts';

/** What the start of a shard depends on. */
export interface ShardStartDeps {
  readonly checkpoints: Checkpoints;
  readonly settings: StreamSettings;
  readonly clock: SourceClock;
}

/** The checkpoint that says that a mapping has begun; no shard has this name. */
const BEGUN = '(begun)';

/**
 * After the checkpoint. A shard without one is read from the starting position if it existed when the mapping began,
 * and from its beginning if it came later.
 */
export function startOf(shardId: string, { checkpoints, settings }: ShardStartDeps): ReaderStart {
  const checkpoint = checkpoints.get(shardId);
  if (checkpoint?.state === 'open') return { position: { from: 'AFTER', sequenceNumber: checkpoint.sequenceNumber } };
  const position = { from: 'TRIM_HORIZON' } as const;
  if (checkpoint?.state === 'begun') return { position, since: checkpoint.since };
  const { startingPosition } = settings;
  return startingPosition.from === 'AT_TIMESTAMP'
    ? { position, since: startingPosition.timestamp * 1000 }
    : { position };
}

/**
 * LATEST means the time at which the mapping began, also after a restart: AWS keeps the mapping while a laptop is off,
 * and nothing that came in between is skipped. Shards that have children by then are over. Returns the shards to be
 * read from LATEST now.
 */
export function beginAtLatest(
  shards: readonly Shard[],
  { checkpoints, settings, clock }: ShardStartDeps,
): readonly string[] {
  if (settings.startingPosition.from !== 'LATEST' || shards.length === 0 || checkpoints.get(BEGUN)) return [];
  const since = clock.now();
  const parents = new Set(shards.flatMap((shard) => shard.parents));
  for (const { shardId } of shards) {
    checkpoints.set(shardId, parents.has(shardId) ? { state: 'finished' } : { state: 'begun', since });
  }
  checkpoints.set(BEGUN, { state: 'begun', since });
  return shards.map(({ shardId }) => shardId).filter((shardId) => !parents.has(shardId));
}
