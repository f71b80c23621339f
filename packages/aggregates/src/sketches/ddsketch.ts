import { BitReader } from '../bytes/bit-reader.ts';
import { BitWriter } from '../bytes/bit-writer.ts';
import { ByteReader } from '../bytes/byte-reader.ts';
import { ByteWriter } from '../bytes/byte-writer.ts';
import { CorruptBytesError } from '../bytes/codec-errors.ts';
import { AdaptiveRice } from './adaptive-rice.ts';
import { DDSketchBins } from './ddsketch-bins.ts';
import { isUsual, keyOf, MAX_KEY, MAX_USUAL_KEY, middleOf } from './ddsketch-keys.ts';
import { sortIntegers } from './sort-integers.ts';

/** How much the product of a share and a count may be off: 0.07 * 100 is a little more than 7. */
export const RANK_ROUNDING = 1e-12;

/** Keys that are held one by one before bins are laid out. */
const MAX_KEYS = 128;

/** Expected size of the first gap and count; later ones follow those before. */
const USUAL_GAP = 8;
const USUAL_REPEATS = 0;

/** The most bytes that one more value adds to an encoded sketch, and the extra bytes of an empty or small one. */
export const MAX_BIN_BYTES = 10;
export const MAX_SKETCH_HEAD_BYTES = 5;
/** Most bins of values that are not tiny. */
export const MAX_USUAL_BINS = 2 * MAX_USUAL_KEY + 1;

/**
 * Quantiles within 2 %, whatever the magnitude, from counts in logarithmic bins. Merging adds counts: order and
 * grouping do not change the result.
 */
export class DDSketch {
  /** While the sketch is small: the keys as they came, unsorted, repeated. */
  #keys: number[] = [];
  #bins: DDSketchBins | undefined;

  add(value: number): void {
    const key = keyOf(value);
    if (this.#bins) this.#bins.add(key, 1);
    else {
      this.#keys.push(key);
      if (this.#keys.length > MAX_KEYS) this.#layOut();
    }
  }

  merge(other: DDSketch): void {
    if (!other.#bins && !this.#bins && this.#keys.length + other.#keys.length <= MAX_KEYS) {
      for (const key of other.#keys) this.#keys.push(key);
      return;
    }
    const bins = this.#layOut();
    if (other.#bins) other.#bins.forEachBin((key, count) => bins.add(key, count));
    else for (const key of other.#keys) bins.add(key, 1);
  }

  /**
   * The quantile `q` (0 to 1) by nearest rank: one of the values, apart from the error; undefined if there are none.
   */
  quantile(q: number): number | undefined {
    const bins = byValue(this.#counted());
    let total = 0;
    for (let i = 1; i < bins.length; i += 2) total += bins[i] as number;
    // Nearest rank: the least value that is at least as large as the share q of all values. Rounding must not add a
    // rank.
    const rank = Math.max(1, Math.ceil(q * total * (1 - RANK_ROUNDING)));
    let seen = 0;
    for (let i = 0; i < bins.length; i += 2) {
      seen += bins[i + 1] as number;
      if (seen >= rank) return middleOf(bins[i] as number);
    }
    return undefined;
  }

  /** The same values give the same bytes, in whatever order and groups they came. */
  encode(): Uint8Array {
    const out = new ByteWriter(64);
    this.writeTo(out);
    return out.finish();
  }

  writeTo(out: ByteWriter): void {
    const bins = this.#counted();
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
      if (key > MAX_KEY || key < -MAX_KEY) {
        throw new CorruptBytesError(`the key ${key} of a sketch, which no value has`);
      }
      sketch.#addMany(key, repeats.read(bits) + 1);
    }
    return sketch;
  }

  #addMany(key: number, count: number): void {
    if (!this.#bins && this.#keys.length + count <= MAX_KEYS) {
      for (let i = 0; i < count; i++) this.#keys.push(key);
      return;
    }
    this.#layOut().add(key, count);
  }

  #layOut(): DDSketchBins {
    if (!this.#bins) {
      this.#bins = new DDSketchBins(this.#keys);
      this.#keys = [];
    }
    return this.#bins;
  }

  /** Key, count, key, count, … of the bins that are not empty, ascending. */
  #counted(): number[] {
    const bins: number[] = [];
    if (this.#bins) this.#bins.forEachBin((key, count) => bins.push(key, count));
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

/** The bins, in order of their keys, in the order of their values. The two orders differ only for tiny magnitudes. */
function byValue(bins: number[]): number[] {
  if (isUsual(bins[0] ?? 0) && isUsual(bins.at(-2) ?? 0)) return bins;
  const pairs = Array.from({ length: bins.length / 2 }, (_, i) => bins.slice(2 * i, 2 * i + 2));
  return pairs.sort(([a = 0], [b = 0]) => middleOf(a) - middleOf(b)).flat();
}
