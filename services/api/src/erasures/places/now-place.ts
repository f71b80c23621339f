import type { ErasureStore } from '@weir/dynamodb/erasures';

/** A place that is erased at once, by a call that can be repeated. */
export interface NowPlace {
  /** A name in `PLACES`. */
  readonly name: string;
  readonly erase: (userId: string) => Promise<{ readonly erased: number }>;
}

/** The erasure, its user, and the clock. */
export interface NowErasure {
  readonly erasureId: string;
  readonly userId: string;
  readonly now: () => number;
}

/** Erases the places one after the other, and adds the result of each to the receipt. */
export async function eraseNow(
  erasures: Pick<ErasureStore, 'credit'>,
  places: readonly NowPlace[],
  { erasureId, userId, now }: NowErasure,
): Promise<void> {
  for (const { name, erase } of places) {
    const { erased } = await erase(userId);
    await erasures.credit(erasureId, name, { items: erased, objects: 0, at: now() });
  }
}
