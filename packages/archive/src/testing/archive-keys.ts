import { type ArchiveRuns, type LogStore, oneByOne } from '@weir/dynamodb';
import { objectKey, runObjectKey } from '../archive-names.ts';

/** The objects of a log's archive, in order: those that a run or an entry names, and no others. For tests. */
export async function archiveKeys(store: LogStore & ArchiveRuns, logId: string): Promise<string[]> {
  const runs = (await store.newestRuns(logId, Number.MAX_SAFE_INTEGER)).reverse();
  const keys = runs.flatMap((run) => runObjectKey(run) ?? []);
  for (const { number, entry } of oneByOne(await store.readAfter(logId, runs.at(-1)?.to ?? -1))) {
    const { archive: digest, firstArrival: arrival } = entry;
    if (digest !== undefined) keys.push(objectKey({ area: 'events', logId, number, arrival, digest }));
  }
  return keys;
}
