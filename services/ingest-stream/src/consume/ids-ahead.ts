import type { Decoded } from '@weir/events';
import type { HashEvent } from './event-hashes.ts';
import type { IdWindow } from './id-window.ts';

/** The number of ids that are hashed, and fetched from the window, at once. */
const IDS_AT_ONCE = 64;

/**
 * The hashes of items with an id, in order. Several are made ahead, so that the window can fetch their slots at once.
 */
export class IdsAhead {
  readonly #items: readonly Decoded[];
  readonly #window: IdWindow;
  readonly #hashEvent: HashEvent;
  readonly #hash = new Uint32Array(2);
  readonly #words = new Uint32Array(2 * IDS_AT_ONCE);
  #length = 0;
  #at = 0;
  #item = 0;

  constructor(items: readonly Decoded[], window: IdWindow, hashEvent: HashEvent) {
    this.#items = items;
    this.#window = window;
    this.#hashEvent = hashEvent;
  }

  /** Moves to the hash of the next id; the first call moves to the first. Skips items without an id. */
  next(): void {
    this.#at += 2;
    if (this.#at >= this.#length) this.#hashMore();
  }

  get high(): number {
    return this.#words[this.#at] as number;
  }

  get low(): number {
    return this.#words[this.#at + 1] as number;
  }

  #hashMore(): void {
    const items = this.#items;
    const words = this.#words;
    let length = 0;
    for (; this.#item < items.length && length < words.length; this.#item++) {
      const item = items[this.#item] as Decoded;
      if (item.kind !== 'event' || item.id === undefined) continue;
      this.#hashEvent(item.action, item.id, this.#hash);
      words[length++] = this.#hash[0] as number;
      words[length++] = this.#hash[1] as number;
    }
    this.#window.fetch(words, length);
    this.#length = length;
    this.#at = 0;
  }
}
