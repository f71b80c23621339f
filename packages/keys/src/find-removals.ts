import type { KeyRemoval, KeysStore, StoredKey } from '@weir/dynamodb/keys';

/** How a key was removed. */
export interface Removed extends KeyRemoval {
  /** Id of the removed key of which this one is a descendant; undefined if this key itself was removed. */
  readonly with?: string;
}

/**
 * How each of these keys was removed, by its id: itself or as a descendant, whichever was first. Keys that are not
 * removed are left out.
 */
export async function findRemovals(
  store: Pick<KeysStore, 'findRemovedTrees'>,
  keys: readonly StoredKey[],
): Promise<ReadonlyMap<string, Removed>> {
  const makers = [...new Set(keys.flatMap((key) => key.makers))];
  const trees = makers.length > 0 ? await store.findRemovedTrees(makers) : new Map<string, KeyRemoval>();
  return new Map(
    keys.flatMap((key) => {
      const first = findFirst(key, trees);
      return first ? [[key.id, first]] : [];
    }),
  );
}

function findFirst({ makers, ...key }: StoredKey, trees: ReadonlyMap<string, KeyRemoval>): Removed | undefined {
  const own = key.removedAt === undefined ? [] : [{ at: key.removedAt, by: key.removedBy ?? '' }];
  const withMakers = makers.flatMap((id) => {
    const removal = trees.get(id);
    return removal ? [{ ...removal, with: id }] : [];
  });
  return [...own, ...withMakers].sort((left, right) => left.at - right.at)[0];
}
