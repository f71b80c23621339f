import type { Chances, VirtualTime } from '@weir/simulation';
import type { EvaluatedBatch } from '../../evaluate/evaluate-batch.ts';

const BATCH = 6;
const WINDOW_MS = 1000;
const PAUSE_MS = 2000;

/** Evaluates a batch in some instance. Rejects if it failed, or if it took too long: it may still go on. */
export type Invoke = (batch: EvaluatedBatch) => Promise<void>;

interface StreamRecord extends EvaluatedBatch {
  readonly name: string;
  readonly pushedAt: number;
}

/**
 * One shard of the table's stream: its records in order, a batch at a time, until it succeeds. The pieces may be others
 * the next time.
 */
export class VirtualStream {
  readonly #time: VirtualTime;
  readonly #chances: Chances;
  readonly #invoke: Invoke;
  #records: StreamRecord[] = [];
  #isRunning = false;
  /** While the function is switched off, records wait. */
  isOff = false;
  /** Lambda waits so long for a batch, unless it is full. */
  windowMs = WINDOW_MS;

  constructor(time: VirtualTime, chances: Chances, invoke: Invoke) {
    this.#time = time;
    this.#chances = chances;
    this.#invoke = invoke;
  }

  get isEmpty(): boolean {
    return this.#records.length === 0;
  }

  push(record: EvaluatedBatch, name = ''): void {
    this.#records.push({ ...record, name, pushedAt: this.#time.now });
    this.#soon(this.windowMs);
  }

  /** After an outage, the stream has forgotten what is older than `keptMs`. Gives the names of these. */
  switchOn(keptMs: number): string[] {
    const kept = this.#records.filter(({ pushedAt }) => this.#time.now - pushedAt <= keptMs);
    const forgotten = this.#records.slice(0, this.#records.length - kept.length);
    if (forgotten.length > 0 && this.#isRunning) throw new Error('a batch takes longer than the stream keeps it');
    this.#records = kept;
    this.isOff = false;
    this.#soon(this.windowMs);
    return forgotten.map(({ name }) => name);
  }

  #soon(ms: number): void {
    if (this.#isRunning || this.isOff || this.isEmpty) return;
    this.#isRunning = true;
    this.#time.after(ms, () => void this.#run());
  }

  async #run(): Promise<void> {
    const taken = this.#records.slice(0, this.#chances.between(1, BATCH));
    const closed = taken.flatMap(({ closedUpTo }) => closedUpTo ?? []);
    const batch = {
      entries: taken.flatMap(({ entries }) => entries),
      closedUpTo: closed.length > 0 ? Math.max(...closed) : undefined,
    };
    const isDone = await this.#invoke(batch).then(
      () => true,
      () => false,
    );
    if (isDone) this.#records.splice(0, taken.length);
    this.#isRunning = false;
    this.#soon(isDone ? this.windowMs : PAUSE_MS);
  }
}
