import { type JsonStore, openJsonStore } from '../../data-dir/json-store.ts';

/** How far a shard has been processed. */
export type Checkpoint =
  | { readonly state: 'open'; readonly sequenceNumber: string }
  /** Nothing of it is done yet, and records that arrived before `since` (epoch ms) are not wanted. */
  | { readonly state: 'begun'; readonly since: number }
  /** Closed, and every record of it is done. */
  | { readonly state: 'finished' };

/** The checkpoints of one source's shards. */
export interface Checkpoints {
  get(shardId: string): Checkpoint | undefined;
  set(shardId: string, checkpoint: Checkpoint): void;
}

/** The checkpoints of every source, kept in `file`, or in memory if `file` is undefined. */
export function openCheckpoints(file: string | undefined): (source: string) => Checkpoints {
  const store: JsonStore<Checkpoint> = openJsonStore(file);
  return (source) => ({
    get: (shardId) => store.get(`${source} ${shardId}`),
    set: (shardId, checkpoint) => store.set(`${source} ${shardId}`, checkpoint),
  });
}
