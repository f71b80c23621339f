import type { EraseDeps, EraseJob } from './erase-deps.ts';

/** An object's bytes without the person, and how many items of theirs were in it. */
export interface RewrittenBytes {
  readonly bytes: Uint8Array;
  readonly items: number;
}

/** What to do with an object that nothing but its name refers to. */
export interface ObjectRewrite {
  readonly key: string;
  /** The receipt's place. */
  readonly place: string;
  /** Undefined where the person is not in it. */
  readonly rewrite: (bytes: Uint8Array) => RewrittenBytes | undefined;
}

/**
 * Rewrites a small object in its place, on condition that it is still the one that was read. Dying before the receipt
 * is credited leaves the count too low, and nothing else: the person is not in the object any more.
 */
export async function rewriteObject(deps: EraseDeps, job: EraseJob, { key, place, rewrite }: ObjectRewrite) {
  for (;;) {
    const found = await deps.objects.find(key);
    const rewritten = found && rewrite(found.bytes);
    if (!rewritten) return;
    if (await deps.objects.replace(key, rewritten.bytes, found.tag)) {
      const count = { items: rewritten.items, objects: 1, at: deps.now() };
      return deps.erasures.credit(job.erasureId, place, count);
    }
  }
}
