import { isUsual } from './ddsketch-keys.ts';

/** Bins are laid out in blocks of this many, and therefore seldom grow. */
const BLOCK = 64;

/**
 * How many values each bin of a sketch has. The bins of usual keys lie side by side; the few bins of tiny values are
 * kept apart.
 */
export class DDSketchBins {
  /** Counts from the key `#first` upwards. */
  #counts = new Float64Array(0);
  #first = 0;
  #tiny: Map<number, number> | undefined;

  /** Each of the keys counts once; they may repeat, in any order. */
  constructor(keys: readonly number[]) {
    const usual = keys.filter(isUsual);
    if (usual.length > 0) this.#cover(Math.min(...usual), Math.max(...usual));
    for (const key of keys) this.add(key, 1);
  }

  add(key: number, count: number): void {
    if (!isUsual(key)) {
      this.#tiny ??= new Map();
      this.#tiny.set(key, (this.#tiny.get(key) ?? 0) + count);
      return;
    }
    const at = key - this.#first;
    if (at >= 0 && at < this.#counts.length) this.#counts[at] = (this.#counts[at] as number) + count;
    else {
      this.#cover(key, key);
      this.add(key, count);
    }
  }

  /** Calls with each key that has values, ascending. */
  forEachBin(take: (key: number, count: number) => void): void {
    const tiny = [...(this.#tiny ?? [])].sort(([a], [b]) => a - b);
    for (const [key, count] of tiny) if (key < 0) take(key, count);
    const counts = this.#counts;
    for (let i = 0; i < counts.length; i++) {
      if (counts[i] !== 0) take(this.#first + i, counts[i] as number);
    }
    for (const [key, count] of tiny) if (key > 0) take(key, count);
  }

  /** Makes room for the usual keys from `low` to `high`. */
  #cover(low: number, high: number): void {
    const before = this.#counts;
    const empty = before.length === 0;
    const start = Math.floor((empty ? low : Math.min(low, this.#first)) / BLOCK) * BLOCK;
    const end = Math.floor((empty ? high : Math.max(high, this.#first + before.length - 1)) / BLOCK + 1) * BLOCK;
    const counts = new Float64Array(end - start);
    if (!empty) counts.set(before, this.#first - start);
    this.#counts = counts;
    this.#first = start;
  }
}
