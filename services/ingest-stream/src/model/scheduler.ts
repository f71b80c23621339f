import type { Random } from './random.ts';

/** Thrown into a process that loses the answer to a call: the call itself was carried out. */
export class AnswerLost extends Error {}

/** A simulated process. It stops at each call to the outside until the scheduler lets it continue. */
export interface Process {
  readonly name: string;
  readonly startedAt: number;
  /** The time until which it is frozen; epoch milliseconds. */
  frozenUntil: number;
  readonly result: Promise<void>;
  isDone: boolean;
  readonly waiting: (() => void)[];
}

/** Interleaves processes, one call at a time. A killed process never continues. */
export class Scheduler {
  readonly processes = new Set<Process>();
  readonly #random: Random;
  readonly #now: () => number;
  #parked: () => void = () => {};

  constructor(random: Random, now: () => number) {
    this.#random = random;
    this.#now = now;
  }

  /** Starts a process. `body` gets the function that it must await before each of its calls. */
  async start(name: string, body: (turn: () => Promise<void>) => Promise<void>): Promise<Process> {
    const waiting: (() => void)[] = [];
    const turn = () =>
      new Promise<void>((resolve) => {
        waiting.push(resolve);
        this.#parked();
      });
    const parked = this.#nextPark();
    const result = body(turn);
    const process: Process = { name, startedAt: this.#now(), frozenUntil: 0, result, isDone: false, waiting };
    const settled = result.finally(() => {
      process.isDone = true;
      this.processes.delete(process);
    });
    this.processes.add(process);
    settled.catch(() => {});
    await Promise.race([parked, settled.catch(() => {})]);
    return process;
  }

  kill(process: Process): void {
    this.processes.delete(process);
  }

  /** Lets one process make one call. False if none can. */
  async step(only?: Process): Promise<boolean> {
    const ready = [...this.processes].filter(
      ({ frozenUntil, waiting }) => waiting.length > 0 && frozenUntil <= this.#now(),
    );
    if (ready.length === 0) return false;
    const process = only ?? this.#random.pick(ready);
    const next = process.waiting.splice(this.#random.between(0, process.waiting.length - 1), 1)[0];
    if (!next) return false;
    const parked = this.#nextPark();
    next();
    // It may make several calls at once: then it has already stopped at the next one.
    if (process.waiting.length === 0) await Promise.race([parked, process.result.catch(() => {})]);
    await new Promise((resolve) => setImmediate(resolve));
    return true;
  }

  /** Runs one process alone until it ends. */
  async finish(process: Process): Promise<void> {
    while (!process.isDone && (await this.step(process)));
    await process.result;
  }

  #nextPark(): Promise<void> {
    return new Promise((resolve) => {
      this.#parked = resolve;
    });
  }
}
