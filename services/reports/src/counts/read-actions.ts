import type { ActionSummary } from '@weir/dynamodb';
import type { CountedBucket, CountsQuery, CountsReader } from './counts-reader.ts';

/** What is read of each of some actions. */
export interface ActionsQuery extends Omit<CountsQuery, 'action'> {
  readonly actions: readonly string[];
  /** Actions that are read at once. */
  readonly atOnce: number;
}

/**
 * Reads each action once, in any order, and gives its buckets to `take`. Returns the arrival time up to which everything
 * is counted: the reads follow each other, and everything that the first one has is in all of them.
 */
export async function readActions(
  reader: Pick<CountsReader, 'readBuckets'>,
  { actions, atOnce, ...query }: ActionsQuery,
  take: (action: string, buckets: readonly CountedBucket[]) => void,
): Promise<number | undefined> {
  const asOf: number[] = [];
  const waiting = actions.values();
  const readWaiting = async () => {
    for (const action of waiting) {
      const read = await reader.readBuckets({ ...query, action });
      if (read.asOf !== undefined) asOf.push(read.asOf);
      take(action, read.buckets);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, readWaiting));
  return asOf.length > 0 ? Math.min(...asOf) : undefined;
}

/** The actions that may have been counted in a range; if there are none, one action: its read says up to when. */
export function actionsIn(
  actions: readonly ActionSummary[],
  { from, to }: { readonly from: number; readonly to: number },
): string[] {
  const found = actions.filter(({ firstSeen, lastSeen }) => firstSeen < to && lastSeen >= from);
  return (found.length > 0 ? found : actions.slice(0, 1)).map(({ action }) => action);
}
