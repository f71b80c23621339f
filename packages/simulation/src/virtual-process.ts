import type { Chances } from './chances.ts';
import type { VirtualTime } from './virtual-time.ts';

/** How often things go wrong; 0 is never. */
export interface Faults {
  readonly kill: number;
  readonly freeze: number;
  /** How long a frozen process may stand still. */
  readonly freezesMs: readonly number[];
  /** Of one call: it is carried out, and its caller gets an error. */
  readonly loseAnswer: number;
}

/** A process that stops before each of its calls to the outside. A killed one never goes on. */
export class VirtualProcess {
  isKilled = false;
  hasLostAnswer = false;
  #calls = 0;
  readonly #time: VirtualTime;
  readonly #chances: Chances;
  readonly #faults: Faults;
  readonly #lives: number;
  readonly #freezesAt: number;

  constructor(time: VirtualTime, chances: Chances, faults: Faults) {
    this.#time = time;
    this.#chances = chances;
    this.#faults = faults;
    this.#lives = chances.is(faults.kill) ? chances.between(0, 16) : Number.POSITIVE_INFINITY;
    this.#freezesAt = chances.is(faults.freeze) ? chances.between(1, 12) : 0;
  }

  /** Waits for its turn to make the next call. */
  readonly turn = (): Promise<void> => {
    this.#calls++;
    if (this.#calls > this.#lives) this.isKilled = true;
    if (this.isKilled) return new Promise(() => {});
    const isFrozen = this.#calls === this.#freezesAt;
    const ms = isFrozen ? this.#chances.one(this.#faults.freezesMs) : this.#chances.between(1, 40);
    return new Promise((resolve) => this.#time.after(ms, resolve));
  };

  /** The object; now and then the answer of one of its calls is lost. */
  lossy<T extends object>(target: T, noteDone: (method: string, args: readonly unknown[], answer: unknown) => void): T {
    return new Proxy(target, {
      get: (_, name) => {
        const method = Reflect.get(target, name) as (...args: readonly unknown[]) => unknown;
        return (...args: readonly unknown[]) => {
          const answer = method.apply(target, [...args]);
          if (!(answer instanceof Promise)) return answer;
          return answer.then((value: unknown) => {
            noteDone(String(name), args, value);
            this.hasLostAnswer ||= this.#chances.is(this.#faults.loseAnswer);
            if (this.hasLostAnswer) throw new Error('the answer was lost');
            return value;
          });
        };
      },
    });
  }
}
