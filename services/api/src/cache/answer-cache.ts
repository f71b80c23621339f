/** An answer in the cache. */
export interface CachedAnswer {
  /** The count in the answer. Of two answers to one question, the one with the larger count is the newer. */
  readonly count: number;
  /** When the read began, epoch milliseconds. The answer may lack events that were counted later. */
  readonly readAt: number;
  /** JSON. */
  readonly text: string;
}

/** An answer found in the cache. */
export interface FoundAnswer extends CachedAnswer {
  /**
   * True if all instances read this cache. Otherwise another instance may already have given a newer answer to the
   * question.
   */
  readonly isShared: boolean;
}

/** A cache of answers by question. It may lose any answer, but it never returns an older answer after a newer one. */
export interface AnswerCache {
  get(key: string): Promise<FoundAnswer | undefined>;
  /** Stores an answer, unless a newer one is stored. */
  set(key: string, answer: CachedAnswer, ttlMs: number): Promise<void>;
}

/** Whether `one` is newer than `other`. Both answer the same question. */
export function isNewer(one: CachedAnswer, other: CachedAnswer): boolean {
  return one.count > other.count || (one.count === other.count && one.readAt > other.readAt);
}
