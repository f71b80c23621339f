/** From here on a typed array, which sorts without a comparator's calls, is worth its memory. */
const MIN_TYPED = 33;

/** Sorts integers of at most 32 bits in place, ascending; a few of them by insertion, which beats a comparator's calls. */
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
