import type { Decoded } from '@weir/events';
import type { HashEvent } from './event-hashes.ts';
import type { IdWindow } from './id-window.ts';

/** Ids that are hashed, and looked for in the window, at once. */
const IDS_AT_ONCE = 64;

/** The hashes of the items that have an id, one after the other, made some ahead so that the window can fetch what it holds of them. */
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

  /** Turns to the hash of the next id; at first to the first one's. Items without an id have none. */
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
