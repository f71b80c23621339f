/** From this length on, a typed array, which sorts without calling a comparator, is worth its memory. */
const MIN_TYPED = 33;

/**
 * Sorts integers of at most 32 bits in place, ascending. A few of them are sorted by insertion, which is faster than
 * calling a comparator.
 */
export function sortIntegers(values: number[]): number[] {
  if (values.length >= MIN_TYPED) {
    const sorted = new Int32Array(values).sort();
    for (let i = 0; i < sorted.length; i++) values[i] = sorted[i] as number;
    return values;
  }
  for (let i = 1; i < values.length; i++) {
    const value = values[i] as number;
    let j = i;
    while (j > 0 && (values[j - 1] as number) > value) {
      values[j] = values[j - 1] as number;
      j--;
    }
    values[j] = value;
  }
  return values;
}
