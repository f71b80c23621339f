/** Ids are held this much longer than the window: batches do not come in order of arrival. */
const SLACK_SECONDS = 300;
/** A rebuild leaves the table as full as the first figure; the next rebuild is due at the second. */
const FULL_AFTER_REBUILD = 0.5;
const FULL_BEFORE_REBUILD = 0.8;
const MIN_CAPACITY = 1024;
/** The hash's high and low word, then arrival plus one (0: a free slot). Side by side, a probe reads one cache line. */
const WORDS_A_SLOT = 3;
const ARRIVAL = 2;
const TWO_32 = 0x1_0000_0000;

/**
 * The ids counted lately: 64-bit hashes and the arrival of the counted copy, in an open-addressing table. A slot takes
 * 12 bytes; an entry of a Set of strings takes five times that. Ids older than the window and its slack are dropped
 * only when the table is rebuilt.
 */
export class IdWindow {
  readonly #keptSeconds: number;
  #capacity = MIN_CAPACITY;
  #slots = new Uint32Array(WORDS_A_SLOT * MIN_CAPACITY);
  #size = 0;
  #newest = 0;
  /** `fetch` stores a result here: the compiler may leave out reads whose result nothing uses. */
  readonly #fetched = new Uint32Array(1);

  constructor(windowSeconds: number) {
    this.#keptSeconds = windowSeconds + SLACK_SECONDS;
  }

  /** The number of ids held, with those older than the window that no rebuild has dropped yet. */
  get size(): number {
    return this.#size;
  }

  /** The memory of the table. */
  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** The arrival (epoch seconds) of the counted copy, or -1. */
  find(high: number, low: number): number {
    return (this.#slots[this.#slotOf(high, low) + ARRIVAL] as number) - 1;
  }

  /**
   * Reads the slots of several ids, before `find` looks for one after the other. The table is too large for the
   * processor's caches, and several misses at once take the time of one. `hashes` holds each id's high and low word,
   * `length` words in all.
   */
  fetch(hashes: Uint32Array, length: number): void {
    const slots = this.#slots;
    let read = 0;
    for (let i = 0; i < length; i += 2) read ^= slots[this.#homeOf(hashes[i] as number)] as number;
    this.#fetched[0] = read;
  }

  /** Adds an id. If it is already held, keeps the later of both arrivals (epoch seconds). */
  add(high: number, low: number, arrivalSeconds: number): void {
    if (arrivalSeconds > this.#newest) this.#newest = arrivalSeconds;
    const slot = this.#slotOf(high, low);
    const held = this.#slots[slot + ARRIVAL] as number;
    if (arrivalSeconds >= held) this.#put(slot, high, low, arrivalSeconds + 1);
    if (held > 0) return;
    this.#size++;
    if (this.#size > this.#capacity * FULL_BEFORE_REBUILD) this.#rebuild();
  }

  /** Removes an id, if it is held. */
  remove(high: number, low: number): void {
    const slots = this.#slots;
    let hole = this.#slotOf(high, low);
    if (slots[hole + ARRIVAL] === 0) return;
    // An id further on in the same run moves into the hole if the hole would end its search too early.
    for (let slot = this.#after(hole); slots[slot + ARRIVAL] !== 0; slot = this.#after(slot)) {
      const home = this.#homeOf(slots[slot] as number);
      if (this.#distance(home, slot) < this.#distance(hole, slot)) continue;
      slots.copyWithin(hole, slot, slot + WORDS_A_SLOT);
      hole = slot;
    }
    slots[hole + ARRIVAL] = 0;
    this.#size--;
  }

  /** The slot that holds the id, or the free slot where it belongs. */
  #slotOf(high: number, low: number): number {
    const slots = this.#slots;
    const end = slots.length;
    let slot = this.#homeOf(high);
    while (slots[slot + ARRIVAL] !== 0 && (slots[slot] !== high || slots[slot + 1] !== low)) {
      slot += WORDS_A_SLOT;
      if (slot === end) slot = 0;
    }
    return slot;
  }

  /** In proportion to the hash: so the capacity may be any number, and a rebuild writes the slots in order. */
  #homeOf(high: number): number {
    return WORDS_A_SLOT * Math.floor((high * this.#capacity) / TWO_32);
  }

  #after(slot: number): number {
    const next = slot + WORDS_A_SLOT;
    return next === this.#slots.length ? 0 : next;
  }

  #distance(from: number, to: number): number {
    return to >= from ? to - from : to - from + this.#slots.length;
  }

  // biome-ignore lint/complexity/useMaxParams: called for each id; an object would cost more than the work
  #put(slot: number, high: number, low: number, arrivalPlusOne: number): void {
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.#slots[slot + ARRIVAL] = arrivalPlusOne;
  }

  /** Drops the ids that are too old, and fits the table to the others. */
  #rebuild(): void {
    const before = this.#slots;
    const oldest = Math.max(1, this.#newest - this.#keptSeconds + 1);
    let kept = 0;
    for (let i = ARRIVAL; i < before.length; i += WORDS_A_SLOT) if ((before[i] as number) >= oldest) kept++;
    this.#capacity = Math.max(MIN_CAPACITY, Math.ceil(kept / FULL_AFTER_REBUILD));
    this.#slots = new Uint32Array(WORDS_A_SLOT * this.#capacity);
    this.#size = kept;
    for (let i = 0; i < before.length; i += WORDS_A_SLOT) {
      const arrival = before[i + ARRIVAL] as number;
      if (arrival < oldest) continue;
      const high = before[i] as number;
      const low = before[i + 1] as number;
      this.#put(this.#slotOf(high, low), high, low, arrival);
    }
  }
}
