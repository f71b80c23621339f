/** A map that tells of each write, as a table's stream does. */
export class WatchedMap<V> extends Map<string, V> {
  readonly #note: (before: V | undefined, after: V) => void;

  constructor(note: (before: V | undefined, after: V) => void) {
    super();
    this.#note = note;
  }

  override set(key: string, value: V): this {
    const before = this.get(key);
    super.set(key, value);
    this.#note(before, value);
    return this;
  }
}
