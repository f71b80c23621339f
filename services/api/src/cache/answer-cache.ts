/** An answer in the cache. */
export interface CachedAnswer {
  /** How much was counted in it: of two answers to one question the one that counts more is the newer. */
  readonly count: number;
  /** When it began to be read, epoch milliseconds: nothing that was counted later need be in it. */
  readonly readAt: number;
  /** JSON. */
  readonly text: string;
}

/** An answer that was found. */
export interface FoundAnswer extends CachedAnswer {
  /** All instances find it: else another may have given a newer answer to the same question meanwhile. */
  readonly isShared: boolean;
}

/** Answers kept for a while by their question. It may lose any of them, and gives none back that is older than a later one. */
export interface AnswerCache {
  get(key: string): Promise<FoundAnswer | undefined>;
  /** Keeps an answer, unless a newer one is kept. */
  set(key: string, answer: CachedAnswer, ttlMs: number): Promise<void>;
}

/** Whether `one` is newer than `other`, both of one question. */
export function isNewer(one: CachedAnswer, other: CachedAnswer): boolean {
  return one.count > other.count || (one.count === other.count && one.readAt > other.readAt);
}
