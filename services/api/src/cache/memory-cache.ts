import { type AnswerCache, type CachedAnswer, isNewer } from './answer-cache.ts';

/** The most characters of text in one process. A character takes at most two bytes. */
const MAX_CHARACTERS = 8_000_000;

interface Entry {
  readonly answer: CachedAnswer;
  readonly expiresAt: number;
}

/** Dependencies of `createMemoryCache`. */
export interface MemoryCacheDeps {
  readonly now: () => number;
  /** Above it, the oldest answers are removed first. */
  readonly maxCharacters?: number;
}

/** A cache in this process, limited by size. */
export function createMemoryCache({
  now,
  maxCharacters = MAX_CHARACTERS,
}: MemoryCacheDeps): AnswerCache & { readonly characters: () => number } {
  // In the order of storing.
  const entries = new Map<string, Entry>();
  let characters = 0;

  function remove(key: string): void {
    const entry = entries.get(key);
    if (!entry) return;
    entries.delete(key);
    characters -= key.length + entry.answer.text.length;
  }

  function find(key: string): CachedAnswer | undefined {
    const entry = entries.get(key);
    if (entry && entry.expiresAt > now()) return entry.answer;
    remove(key);
    return undefined;
  }

  return {
    characters: () => characters,
    async get(key) {
      const answer = find(key);
      return answer && { ...answer, isShared: false };
    },
    async set(key, answer, ttlMs) {
      const known = find(key);
      if (known && isNewer(known, answer)) return;
      remove(key);
      entries.set(key, { answer, expiresAt: now() + ttlMs });
      characters += key.length + answer.text.length;
      for (const oldest of entries.keys()) {
        if (characters <= maxCharacters) return;
        remove(oldest);
      }
    },
  };
}
