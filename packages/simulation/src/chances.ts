/** Choices that a seed decides: the same seed makes the same schedule. */
export class Chances {
  #state: number;

  constructor(seed: number) {
    // Seeds that follow each other must not begin alike.
    this.#state = Math.imul(seed + 1, 0x9e3779b1) >>> 0 || 1;
    for (let round = 0; round < 4; round++) this.#next();
  }

  is(probability: number): boolean {
    return this.#next() < probability;
  }

  /** An integer from `from` to `to`, both inclusive. */
  between(from: number, to: number): number {
    return from + Math.floor(this.#next() * (to - from + 1));
  }

  one<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)] as T;
  }

  /** Xorshift of 32 bits, from 0 (inclusive) to 1 (exclusive). */
  #next(): number {
    this.#state ^= this.#state << 13;
    this.#state ^= this.#state >>> 17;
    this.#state ^= this.#state << 5;
    return (this.#state >>> 0) / 4_294_967_296;
  }
}
