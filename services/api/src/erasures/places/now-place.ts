import type { ErasureStore } from '@weir/dynamodb/erasures';

/** A place that is erased at once, by a call that may be made again. */
export interface NowPlace {
  /** As in `PLACES`. */
  readonly name: string;
  readonly erase: (userId: string) => Promise<{ readonly erased: number }>;
}

/** Whose erasure, and when. */
export interface NowErasure {
  readonly erasureId: string;
  readonly userId: string;
  readonly now: () => number;
}

/** Erases one place after the other, and credits each to the receipt. */
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
