import type { S3Bucket } from '../account/account.ts';

/** A write that was let in before still ends, and S3 takes some seconds until it follows a new policy everywhere. */
const SETTLED_MS = 15_000;

/**
 * Empties an S3 bucket for good. First it forbids everybody to write into it, because a last batch of a function would
 * fill it again. It ends when it finds nothing more. Returns how many objects there were.
 */
export async function emptyBucket(bucket: S3Bucket, sleep: (ms: number) => Promise<unknown>): Promise<number> {
  await bucket.denyWrites();
  await sleep(SETTLED_MS);
  for (let removed = 0; ; ) {
    const uploads = await bucket.endUploads();
    const objects = await bucket.removeVersions();
    removed += objects;
    if (uploads + objects === 0) return removed;
  }
}
