/** Remembers for a moment which tokens were refused, by their hashes. */
export interface RefusedTokens {
  has(hash: string): boolean;
  add(hash: string): void;
}

/** How many are remembered, and how long. */
export interface RefusedTokensOptions {
  readonly ttlMs: number;
  readonly maxTokens: number;
  readonly now: () => number;
}

/**
 * A small memory in the process: a client that goes on with a bad key costs no look-up each time. Only what was
 * certain is put here; a key that is made cannot have been refused before.
 */
export function createRefusedTokens({ ttlMs, maxTokens, now }: RefusedTokensOptions): RefusedTokens {
  const forgetAt = new Map<string, number>();
  return {
    has: (hash) => (forgetAt.get(hash) ?? 0) > now(),
    add(hash) {
      // To the end, where the newest are: the first is always the one to forget.
      forgetAt.delete(hash);
      forgetAt.set(hash, now() + ttlMs);
      const [oldest] = forgetAt.keys();
      if (forgetAt.size > maxTokens && oldest !== undefined) forgetAt.delete(oldest);
    },
  };
}
