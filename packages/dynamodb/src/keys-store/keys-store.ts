/** A key of the API as it is stored: a hash of its text, never the text. Times are epoch milliseconds. */
export interface StoredKey {
  readonly id: string;
  /** SHA-256 of the key's text, base64url. */
  readonly hash: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The key is limited to actions that begin with one of these; undefined if it is not limited. */
  readonly actionPrefixes?: readonly string[] | undefined;
  readonly createdAt: number;
  /** Id of the key that made it. */
  readonly createdBy: string;
  /** Ids of the keys that it descends from: the last one made this key, the one before it made that one, and so on. */
  readonly makers: readonly string[];
  readonly expiresAt?: number | undefined;
  readonly lastUsedAt?: number | undefined;
  /** A removed key is refused; its record stays. */
  readonly removedAt?: number | undefined;
  /** Id of the key that removed it. */
  readonly removedBy?: string | undefined;
}

/** When a key was removed, and the id of the key that removed it. */
export interface KeyRemoval {
  readonly at: number;
  readonly by: string;
}

/** One page of keys, ascending by id. */
export interface KeysPage {
  readonly keys: readonly StoredKey[];
  /** Where the next page begins; undefined on the last one. */
  readonly next: string | undefined;
}

/** The result of a removal: `removed` also if the key was removed before, and the earlier record then stays. */
export type RemovalOutcome = 'removed' | 'unknown';

/** The keys of the API. */
export interface KeysStore {
  /** Adds a new key. Adding it again after a lost answer changes nothing: ids derive from the keys' hashes. */
  add(key: StoredKey): Promise<void>;
  find(id: string): Promise<StoredKey | undefined>;
  /** At most `limit` keys past the id `after`, removed and expired ones included. */
  list(page: { readonly after: string | undefined; readonly limit: number }): Promise<KeysPage>;
  /** Marks a key as removed, once: the time and author of the first removal stay. */
  remove(id: string, removal: KeyRemoval): Promise<RemovalOutcome>;
  /**
   * Marks a key as removed together with all keys that it made or ever makes, itself or through others: one write, once
   * as well. Nothing is written to the others: they have the key among their `makers`.
   */
  removeTree(id: string, removal: KeyRemoval): Promise<RemovalOutcome>;
  /** Those of the keys with these ids that were removed by `removeTree`. */
  findRemovedTrees(ids: readonly string[]): Promise<ReadonlyMap<string, KeyRemoval>>;
  /** Records a use at `at`, unless one after `unlessAfter` is recorded already, or the key is unknown. */
  markUsed(id: string, use: { readonly at: number; readonly unlessAfter: number }): Promise<void>;
}
