/** A key of the API as it is kept: never its text, only a hash of it. Times are epoch milliseconds. */
export interface StoredKey {
  readonly id: string;
  /** SHA-256 of the key's text, base64url. */
  readonly hash: string;
  readonly name: string;
  readonly scopes: readonly string[];
  /** The key is limited to actions that begin with one of these; undefined where it is not. */
  readonly actionPrefixes?: readonly string[] | undefined;
  readonly createdAt: number;
  /** Id of the key that made it. */
  readonly createdBy: string;
  /** Ids of the keys through which it came to be: that which made it is the last, that which made this before it, and so on. */
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

/** What became of a removal: `removed` also where it had been before, whose record then stands. */
export type Removal = 'removed' | 'unknown';

/** The keys of the API. */
export interface KeysStore {
  /** Keeps a new key. Sent again after a lost answer it changes nothing: ids derive from the keys' hashes. */
  add(key: StoredKey): Promise<void>;
  find(id: string): Promise<StoredKey | undefined>;
  /** At most `limit` keys past the id `after`; all of them, removed and expired ones too. */
  list(page: { readonly after: string | undefined; readonly limit: number }): Promise<KeysPage>;
  /** Marks a key as removed, once: the first removal's time and author stay. */
  remove(id: string, removal: KeyRemoval): Promise<Removal>;
  /**
   * Marks a key as removed together with all that it made or ever makes, itself or through others: one write, once as well.
   * Nothing is written to those: they have the key among their `makers`.
   */
  removeTree(id: string, removal: KeyRemoval): Promise<Removal>;
  /** Those of the keys with these ids that were removed by `removeTree`. */
  findRemovedTrees(ids: readonly string[]): Promise<ReadonlyMap<string, KeyRemoval>>;
  /** Notes a use at `at`, unless one after `unlessAfter` is noted already, or the key is unknown. */
  markUsed(id: string, use: { readonly at: number; readonly unlessAfter: number }): Promise<void>;
}
