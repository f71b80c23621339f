/** Odd multipliers with well-spread bits, from MurmurHash3. */
const A1 = 0xcc9e2d51;
const A2 = 0x1b873593;
const B1 = 0xab0e9789;
const B2 = 0x38b34ae5;
const WIDE = 0xa1e38b93;
/** First bits of the golden ratio and of the square root of two. */
const SEED = Uint32Array.of(0x9e3779b9, 0x6a09e667);

/**
 * A 64-bit hash of a string's UTF-16 code units (lone surrogates are fine). It must never change, because the log and
 * sketches hold it. It is not cryptographic. `out[0]` is the high word and `out[1]` the low one. Each `seed` of two
 * words gives a text another hash: under a secret seed, nobody can choose a text for its hash.
 */
export function hash64(text: string, out: Uint32Array, seed: Uint32Array = SEED): void {
  const { length } = text;
  let a = (seed[0] as number) | 0;
  let b = (seed[1] as number) | 0;
  for (let i = 0; i < length; i += 4) {
    // Four units a step, with zeros past the end; the length, which is mixed in below, tells these from real zeros.
    const c0 = text.charCodeAt(i);
    const c1 = i + 1 < length ? text.charCodeAt(i + 1) : 0;
    const c2 = i + 2 < length ? text.charCodeAt(i + 2) : 0;
    const c3 = i + 3 < length ? text.charCodeAt(i + 3) : 0;
    const word = (c0 & 255) | ((c1 & 255) << 8) | ((c2 & 255) << 16) | (c3 << 24);
    const left = Math.imul(word, A1);
    a ^= Math.imul((left << 15) | (left >>> 17), A2);
    a = (Math.imul(((a << 19) | (a >>> 13)) + b, 5) + 0x561ccd1b) | 0;
    const right = Math.imul(word, B1);
    b ^= Math.imul((right << 16) | (right >>> 16), B2);
    b = (Math.imul(((b << 17) | (b >>> 15)) + a, 5) + 0x0bcaa747) | 0;
    if ((c0 | c1 | c2 | c3) > 255) {
      // The units' upper bytes are mixed in another way than a word is; otherwise they could stand for the next word.
      const upper = (c0 >>> 8) | ((c1 >>> 8) << 8) | ((c2 >>> 8) << 16) | ((c3 >>> 8) << 24);
      b ^= Math.imul(upper, WIDE);
      a = (a ^ ((b << 11) | (b >>> 21))) | 0;
    }
  }
  a ^= length;
  b ^= length;
  a = (a + b) | 0;
  b = (b + a) | 0;
  a = avalanche(a);
  b = avalanche(b);
  a = (a + b) | 0;
  out[0] = a;
  out[1] = b + a;
}

/** The finalizer of MurmurHash3: each bit of the input changes each bit of the output half of the time. */
function avalanche(word: number): number {
  let h = word ^ (word >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}
