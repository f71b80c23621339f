/** Remembers refused tokens for a moment, by their hashes. */
export interface RefusedTokens {
  has(hash: string): boolean;
  add(hash: string): void;
}

/** The number of tokens and the time for which they are remembered. */
export interface RefusedTokensOptions {
  readonly ttlMs: number;
  readonly maxTokens: number;
  readonly now: () => number;
}

/**
 * A small memory in the process, so that a client that repeats a bad key does not cost a read each time. Only keys that
 * are certainly bad are stored. A new key cannot be among them.
 */
export function createRefusedTokens({ ttlMs, maxTokens, now }: RefusedTokensOptions): RefusedTokens {
  const forgetAt = new Map<string, number>();
  return {
    has: (hash) => (forgetAt.get(hash) ?? 0) > now(),
    add(hash) {
      // Move it to the end, where the newest are. So the first one is always the next to be forgotten.
      forgetAt.delete(hash);
      forgetAt.set(hash, now() + ttlMs);
      const [oldest] = forgetAt.keys();
      if (forgetAt.size > maxTokens && oldest !== undefined) forgetAt.delete(oldest);
    },
  };
}
