/** Batches under way at once. */
const CONCURRENT_BATCHES = 4;
const ATTEMPTS = 6;
const FIRST_PAUSE_MS = 50;

/** The list in parts of at most `size`. */
export function chunks<T>(list: readonly T[], size: number): T[][] {
  const out: T[][] = [];
  for (let i = 0; i < list.length; i += size) out.push(list.slice(i, i + size));
  return out;
}

/** Maps a list with a few calls at once. */
export async function mapSome<T, R>(list: readonly T[], call: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const wave of chunks(list, CONCURRENT_BATCHES)) results.push(...(await Promise.all(wave.map(call))));
  return results;
}

/** A call failed in all attempts, as a table took no more, or others wrote the same items: it may be tried again later. */
export class RefusedForNow extends Error {
  override readonly name = 'RefusedForNow';
}

/**
 * Waits, longer each time, before the rest of a batch is asked for again; throws a `RefusedForNow` after a few attempts.
 */
export async function pauseBefore(attempt: number, what: string): Promise<void> {
  if (attempt >= ATTEMPTS) throw new RefusedForNow(`DynamoDB did not ${what} after ${ATTEMPTS} attempts`);
  const pauseMs = FIRST_PAUSE_MS * 2 ** attempt * (0.5 + Math.random() / 2);
  await new Promise((resolve) => setTimeout(resolve, pauseMs));
}
