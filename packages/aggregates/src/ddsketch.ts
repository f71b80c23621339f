import { AdaptiveRice } from './adaptive-rice.ts';
import { BitReader } from './bit-reader.ts';
import { BitWriter } from './bit-writer.ts';
import { ByteReader } from './byte-reader.ts';
import { ByteWriter } from './byte-writer.ts';
import { sortIntegers } from './sort-integers.ts';

/** Relative error of a quantile. */
export const DDSKETCH_ACCURACY = 0.02;
/** Magnitudes below this count as zero, above the other as that. */
const MIN_MAGNITUDE = 1e-9;
const MAX_MAGNITUDE = 1e12;

const GAMMA = (1 + DDSKETCH_ACCURACY) / (1 - DDSKETCH_ACCURACY);
const BINS_AN_E = 1 / Math.log(GAMMA);
/** Makes the key of the smallest magnitude 1: key 0 is zero, and a negative value has its magnitude's key negated. */
const KEY_SHIFT = 1 - Math.ceil(Math.log(MIN_MAGNITUDE) * BINS_AN_E);
const MAX_KEY = Math.ceil(Math.log(MAX_MAGNITUDE) * BINS_AN_E) + KEY_SHIFT;
/** The middle of a bin, as far from its lower end as from its upper, relatively. */
const MIDDLE = 2 / (1 + GAMMA);

/** What a product of a share and a count may be off: 0.07 * 100 is a little more than 7. */
export const RANK_ROUNDING = 1e-12;

/** Keys held one by one before bins are laid out. */
const MAX_KEYS = 128;
/** Bins are laid out in blocks of this many, so that they seldom grow. */
const BLOCK = 64;

/** Expected size of the first gap and count; later ones follow those before. */
const USUAL_GAP = 8;
const USUAL_REPEATS = 0;

/** Most bytes that one more value adds to an encoded sketch, most bins, and what an empty or small one needs besides. */
export const MAX_BIN_BYTES = 10;
export const MAX_BINS = 2 * MAX_KEY + 1;
export const MAX_SKETCH_HEAD_BYTES = 5;

/** Quantiles within 2 %, from counts of logarithmic bins. Merging adds counts, so no order or grouping shows. */
export class DDSketch {
  /** While small: the keys as they came, unsorted, repeated. */
  #keys: number[] = [];
  /** Counts from the key `#first` upwards. */
  #counts: Float64Array | undefined;
  #first = 0;

  add(value: number): void {
    const key = keyOf(value);
    if (this.#counts) this.#addBin(key, 1);
    else {
      this.#keys.push(key);
      if (this.#keys.length > MAX_KEYS) this.#layOut();
    }
  }

  merge(other: DDSketch): void {
    if (!other.#counts && !this.#counts && this.#keys.length + other.#keys.length <= MAX_KEYS) {
      for (const key of other.#keys) this.#keys.push(key);
      return;
    }
    this.#layOut();
    if (other.#counts) other.#forEachBin((key, count) => this.#addBin(key, count));
    else for (const key of other.#keys) this.#addBin(key, 1);
  }

  /** The quantile `q` (0 to 1) by nearest rank, one of the values but for the error; undefined when there are none. */
  quantile(q: number): number | undefined {
    const bins = this.#bins();
    let total = 0;
    for (let i = 1; i < bins.length; i += 2) total += bins[i] as number;
    // Nearest rank: the least value that at least the share q of all do not exceed. Rounding must not add a rank.
    const rank = Math.max(1, Math.ceil(q * total * (1 - RANK_ROUNDING)));
    let seen = 0;
    for (let i = 0; i < bins.length; i += 2) {
      seen += bins[i + 1] as number;
      if (seen >= rank) return middleOf(bins[i] as number);
    }
    return undefined;
  }

  /** The same bytes for the same values, however they came together. */
  encode(): Uint8Array {
    const out = new ByteWriter(64);
    this.writeTo(out);
    return out.finish();
  }

  writeTo(out: ByteWriter): void {
    const bins = this.#bins();
    out.varint(bins.length / 2);
    if (bins.length === 0) return;
    const first = bins[0] as number;
    out.zigzag(first);
    const bits = new BitWriter(out);
    const gaps = new AdaptiveRice(USUAL_GAP);
    const repeats = new AdaptiveRice(USUAL_REPEATS);
    for (let i = 0; i < bins.length; i += 2) {
      if (i > 0) gaps.write(bits, (bins[i] as number) - (bins[i - 2] as number) - 1);
      repeats.write(bits, (bins[i + 1] as number) - 1);
    }
    bits.flush();
  }

  static decode(bytes: Uint8Array): DDSketch {
    return DDSketch.readFrom(new ByteReader(bytes));
  }

  static readFrom(input: ByteReader): DDSketch {
    const sketch = new DDSketch();
    const count = input.varint();
    if (count === 0) return sketch;
    let key = input.zigzag();
    const bits = new BitReader(input);
    const gaps = new AdaptiveRice(USUAL_GAP);
    const repeats = new AdaptiveRice(USUAL_REPEATS);
    for (let i = 0; i < count; i++) {
      if (i > 0) key += gaps.read(bits) + 1;
      sketch.#addMany(key, repeats.read(bits) + 1);
    }
    return sketch;
  }

  #addMany(key: number, count: number): void {
    if (!this.#counts && this.#keys.length + count <= MAX_KEYS) {
      for (let i = 0; i < count; i++) this.#keys.push(key);
      return;
    }
    this.#layOut();
    this.#addBin(key, count);
  }

  #addBin(key: number, count: number): void {
    const counts = this.#counts as Float64Array;
    const at = key - this.#first;
    if (at >= 0 && at < counts.length) counts[at] = (counts[at] as number) + count;
    else {
      this.#cover(key, key);
      this.#addBin(key, count);
    }
  }

  #layOut(): void {
    if (this.#counts) return;
    const keys = this.#keys;
    this.#keys = [];
    this.#counts = new Float64Array(0);
    if (keys.length > 0) this.#cover(Math.min(...keys), Math.max(...keys));
    for (const key of keys) this.#addBin(key, 1);
  }

  /** Makes room for the keys from `low` to `high`. */
  #cover(low: number, high: number): void {
    const before = this.#counts as Float64Array;
    const empty = before.length === 0;
    const start = Math.floor((empty ? low : Math.min(low, this.#first)) / BLOCK) * BLOCK;
    const end = Math.floor((empty ? high : Math.max(high, this.#first + before.length - 1)) / BLOCK + 1) * BLOCK;
    const counts = new Float64Array(end - start);
    if (!empty) counts.set(before, this.#first - start);
    this.#counts = counts;
    this.#first = start;
  }

  #forEachBin(take: (key: number, count: number) => void): void {
    const counts = this.#counts as Float64Array;
    for (let i = 0; i < counts.length; i++) {
      if (counts[i] !== 0) take(this.#first + i, counts[i] as number);
    }
  }

  /** Key, count, key, count, … of the bins that are not empty, ascending. */
  #bins(): number[] {
    const bins: number[] = [];
    if (this.#counts) this.#forEachBin((key, count) => bins.push(key, count));
    else {
      let before: number | undefined;
      for (const key of sortIntegers(this.#keys)) {
        if (key === before) bins[bins.length - 1] = (bins[bins.length - 1] as number) + 1;
        else bins.push(key, 1);
        before = key;
      }
    }
    return bins;
  }
}

function keyOf(value: number): number {
  const magnitude = Math.abs(value);
  if (!(magnitude >= MIN_MAGNITUDE)) return 0;
  const key = magnitude >= MAX_MAGNITUDE ? MAX_KEY : Math.ceil(Math.log(magnitude) * BINS_AN_E) + KEY_SHIFT;
  return value < 0 ? -key : key;
}

function middleOf(key: number): number {
  if (key === 0) return 0;
  const magnitude = Math.exp((Math.abs(key) - KEY_SHIFT) / BINS_AN_E) * MIDDLE;
  return key < 0 ? -magnitude : magnitude;
}
