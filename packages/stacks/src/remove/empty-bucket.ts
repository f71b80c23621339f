import type { Bucket } from '../account/account.ts';

/** A write that was let in before still ends, and S3 takes some seconds until it keeps to a new policy everywhere. */
const SETTLED_MS = 15_000;

/**
 * Empties a bucket for good: first nobody may write into it any more, as a last batch of a function would fill it again.
 * Ends with a look that finds nothing. Returns how many objects there were.
 */
export async function emptyBucket(bucket: Bucket, sleep: (ms: number) => Promise<unknown>): Promise<number> {
  await bucket.denyWrites();
  await sleep(SETTLED_MS);
  for (let removed = 0; ; ) {
    const uploads = await bucket.endUploads();
    const objects = await bucket.removeVersions();
    removed += objects;
    if (uploads + objects === 0) return removed;
  }
}
