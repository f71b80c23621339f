import type { EraseDeps, PassJob } from '../cohort/erase-deps.ts';
import type { MemberCounts } from '../cohort/people.ts';

/** An object's bytes without some people, and how many items of each were in it. */
export interface RewrittenBytes {
  readonly bytes: Uint8Array;
  readonly items: MemberCounts;
}

/** What to do with an object that nothing but its name refers to. */
export interface ObjectRewrite {
  readonly key: string;
  /** The receipt's place. */
  readonly place: string;
  /** Undefined where none of them is in it. */
  readonly rewrite: (bytes: Uint8Array) => RewrittenBytes | undefined;
}

/**
 * Rewrites a small object in its place, on condition that it is still the one that was read. Dying before that is
 * counted leaves the counts too low, and nothing else: nobody is in the object any more.
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
