/** How long everything may take to end. A process that has ended leaves no child: each ends with its parent. */
export const END_WITHIN_MS = 5_000;

/** Waits for `ending`, but no longer than `withinMs`: false where it still went on then. It rejects as `ending` does. */
export async function endWithin(ending: Promise<unknown>, withinMs: number): Promise<boolean> {
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), withinMs);
  try {
    return await Promise.race([ending.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
