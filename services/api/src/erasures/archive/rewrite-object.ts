import type { EraseDeps, PassJob } from '../cohort/erase-deps.ts';
import type { MemberCounts } from '../cohort/people.ts';

/** An object's bytes without these users, and the number of items of each user in it. */
export interface RewrittenBytes {
  readonly bytes: Uint8Array;
  readonly items: MemberCounts;
}

/** How to rewrite an object that is found only by its name. */
export interface ObjectRewrite {
  readonly key: string;
  /** The name of this place in the receipt. */
  readonly place: string;
  /** Undefined if none of these users is in it. */
  readonly rewrite: (bytes: Uint8Array) => RewrittenBytes | undefined;
}

/**
 * Rewrites a small object under its own name, on condition that it has not changed since it was read. If the process dies
 * before the count is stored, the counts are too low, but the users are gone from the object.
 */
export async function rewriteObject(deps: EraseDeps, job: PassJob, { key, place, rewrite }: ObjectRewrite) {
  for (;;) {
    const found = await deps.objects.find(key);
    const rewritten = found && rewrite(found.bytes);
    if (!rewritten) return;
    if (await deps.objects.replace(key, rewritten.bytes, found.tag)) {
      await deps.passes.count(job.pass, { place, key, counts: rewritten.items.counts });
      return;
    }
  }
}
