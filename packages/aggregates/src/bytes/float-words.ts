const FLOAT = new Float64Array(1);
const WORDS = new Uint32Array(FLOAT.buffer);

/** The 64 bits of a double as two words, high first (all platforms that run Node are little-endian). */
export function floatWords(value: number): readonly [number, number] {
  FLOAT[0] = value;
  return [WORDS[1] as number, WORDS[0] as number];
}

/** The double of two words. */
export function floatOf(high: number, low: number): number {
  WORDS[1] = high;
  WORDS[0] = low;
  return FLOAT[0] as number;
}
