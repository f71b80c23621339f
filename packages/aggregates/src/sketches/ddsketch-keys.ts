/** Relative error of a quantile. */
export const DDSKETCH_ACCURACY = 0.02;
/** Magnitudes below this are tiny: they are rare, and they have as many bins as there are exponents of doubles. */
const MIN_USUAL = 1e-9;
/** Magnitudes above this count as this. */
const MAX_MAGNITUDE = 1e12;

const GAMMA = (1 + DDSKETCH_ACCURACY) / (1 - DDSKETCH_ACCURACY);
const BINS_AN_E = 1 / Math.log(GAMMA);
/** Makes the key of the smallest usual magnitude 1. */
const KEY_SHIFT = 1 - Math.ceil(Math.log(MIN_USUAL) * BINS_AN_E);
/** In relative terms, the middle of a bin is as far from its lower end as from its upper end. */
const MIDDLE = Math.log(2 / (1 + GAMMA));

/**
 * Usual keys are -`MAX_USUAL_KEY` to `MAX_USUAL_KEY`: 0 is zero, and a negative value has the negated key of its
 * magnitude. The keys of tiny magnitudes lie past them, from 1e-9 downwards, and lengthen no gap between usual keys.
 */
export const MAX_USUAL_KEY = Math.ceil(Math.log(MAX_MAGNITUDE) * BINS_AN_E) + KEY_SHIFT;

/** The key of the least double; no value has a key further from 0. */
export const MAX_KEY = keyOf(Number.MIN_VALUE);

export function isUsual(key: number): boolean {
  return key <= MAX_USUAL_KEY && key >= -MAX_USUAL_KEY;
}

/** Whether the value's key may lie past the usual ones. */
export function isTiny(value: number): boolean {
  return value !== 0 && Math.abs(value) < MIN_USUAL;
}

/** The key of the value's bin, whatever its magnitude. */
export function keyOf(value: number): number {
  const magnitude = Math.abs(value);
  if (magnitude === 0) return 0;
  const key = magnitude >= MAX_MAGNITUDE ? MAX_USUAL_KEY : Math.ceil(Math.log(magnitude) * BINS_AN_E) + KEY_SHIFT;
  const stored = key > 0 ? key : MAX_USUAL_KEY + 1 - key;
  return value < 0 ? -stored : stored;
}

/** A value within the accuracy of all values of a bin. For the least doubles, it is rounded to a double. */
export function middleOf(key: number): number {
  if (key === 0) return 0;
  const stored = Math.abs(key);
  const bin = stored > MAX_USUAL_KEY ? MAX_USUAL_KEY + 1 - stored : stored;
  const magnitude = Math.exp((bin - KEY_SHIFT) / BINS_AN_E + MIDDLE);
  return key < 0 ? -magnitude : magnitude;
}
