/** Arrivals this much older than the window are still held: batches do not come in order of arrival. */
const SLACK_SECONDS = 300;
/** A rebuild leaves the table this full, and the next one is due at the greater. */
const FULL_AFTER_REBUILD = 0.5;
const FULL_BEFORE_REBUILD = 0.8;
const MIN_CAPACITY = 1024;
/** High and low word of the hash, and arrival plus one (0 is a free slot), side by side: a probe is one cache line. */
const WORDS_A_SLOT = 3;
const ARRIVAL = 2;
const TWO_32 = 0x1_0000_0000;

/**
 * The ids counted lately: 64-bit hashes and the arrival of the counted copy, in an open-addressing table. A slot is
 * 12 bytes where an entry of a Set of strings is five times that. Ids past the window and its slack go when the table
 * is rebuilt, and never otherwise.
 */
export class IdWindow {
  readonly #keptSeconds: number;
  #capacity = MIN_CAPACITY;
  #slots = new Uint32Array(WORDS_A_SLOT * MIN_CAPACITY);
  #size = 0;
  #newest = 0;
  /** Where `fetch` leaves something of what it read: reading for nothing might be left out. */
  readonly #fetched = new Uint32Array(1);

  constructor(windowSeconds: number) {
    this.#keptSeconds = windowSeconds + SLACK_SECONDS;
  }

  /** Ids held, those past the window that no rebuild has dropped yet included. */
  get size(): number {
    return this.#size;
  }

  /** Memory of the table. */
  get bytes(): number {
    return this.#slots.byteLength;
  }

  /** The arrival (epoch seconds) of the counted copy, or -1. */
  find(high: number, low: number): number {
    return (this.#slots[this.#slotOf(high, low) + ARRIVAL] as number) - 1;
  }

  /**
   * Reads where ids belong, before they are asked for one by one: the table is too large for the processor's caches, and
   * several misses at once take the time of one. Of each id the high and the low word, `length` words in all.
   */
  fetch(hashes: Uint32Array, length: number): void {
    const slots = this.#slots;
    let read = 0;
    for (let i = 0; i < length; i += 2) read ^= slots[this.#homeOf(hashes[i] as number)] as number;
    this.#fetched[0] = read;
  }

  /** Adds an id, or keeps the greater of both arrivals (epoch seconds). */
  add(high: number, low: number, arrivalSeconds: number): void {
    if (arrivalSeconds > this.#newest) this.#newest = arrivalSeconds;
    const slot = this.#slotOf(high, low);
    const held = this.#slots[slot + ARRIVAL] as number;
    if (arrivalSeconds >= held) this.#put(slot, high, low, arrivalSeconds + 1);
    if (held > 0) return;
    this.#size++;
    if (this.#size > this.#capacity * FULL_BEFORE_REBUILD) this.#rebuild();
  }

  /** Takes an id out again; nothing happens when it is not held. */
  remove(high: number, low: number): void {
    const slots = this.#slots;
    let hole = this.#slotOf(high, low);
    if (slots[hole + ARRIVAL] === 0) return;
    // Later ids of the same run move up where the hole would cut them off from the slot where their search begins.
    for (let slot = this.#after(hole); slots[slot + ARRIVAL] !== 0; slot = this.#after(slot)) {
      const home = this.#homeOf(slots[slot] as number);
      if (this.#distance(home, slot) < this.#distance(hole, slot)) continue;
      slots.copyWithin(hole, slot, slot + WORDS_A_SLOT);
      hole = slot;
    }
    slots[hole + ARRIVAL] = 0;
    this.#size--;
  }

  /** Where the id is, or the free slot where it belongs. */
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

  /** The hash's share of its range, so that a capacity need not be a power of two and a rebuild goes in order. */
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

  // biome-ignore lint/complexity/useMaxParams: called for each id, where an object would cost more than the work
  #put(slot: number, high: number, low: number, arrivalPlusOne: number): void {
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.#slots[slot + ARRIVAL] = arrivalPlusOne;
  }

  /** Drops what is past the window, and fits the table to the rest. */
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
