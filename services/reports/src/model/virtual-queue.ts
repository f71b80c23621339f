import type { Chances, VirtualTime } from '@weir/simulation';
import type { PartMessage } from '../jobs/part-message.ts';

const SECOND_MS = 1000;
export const RECEIVES = 3;
/** A worker's time-out, after which its place is free, and the time after which its message comes again. */
const TIMEOUT_MS = 300 * SECOND_MS;
const VISIBILITY_MS = 6 * TIMEOUT_MS;
const RETRY_MS = 30 * SECOND_MS;
/** Longer than all receives of a part can take. */
export const VIRTUAL_STALLED_MS = (RECEIVES + 1) * VISIBILITY_MS;

interface QueuedMessage {
  readonly part: PartMessage;
  receives: number;
  visibleAt: number;
}

interface QueueOptions {
  /** How often a message is doubled, or comes again beside its worker. */
  readonly double: number;
  readonly concurrency: number;
  /** Rejects if the worker fails; never ends if it is killed. */
  readonly work: (part: PartMessage, receive: number) => Promise<void>;
  readonly noteDead: (part: PartMessage) => void;
}

/** A queue with a dead-letter queue, and its mapping to workers: at least once, in any order. */
export class VirtualQueue {
  readonly #time: VirtualTime;
  readonly #chances: Chances;
  readonly #options: QueueOptions;
  readonly #messages = new Set<QueuedMessage>();
  #busy = 0;

  constructor(time: VirtualTime, chances: Chances, options: QueueOptions) {
    this.#time = time;
    this.#chances = chances;
    this.#options = options;
  }

  send(part: PartMessage): void {
    const copies = this.#chances.is(this.#options.double) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const message = { part, receives: 0, visibleAt: 0 };
      this.#messages.add(message);
      this.#showAfter(message, this.#chances.between(1, 20) * (copy === 0 ? 5 : SECOND_MS));
    }
  }

  /** The parts of a job that messages name. */
  partsOf(jobId: string, cut: string): ReadonlySet<number> {
    const own = [...this.#messages].filter(({ part }) => part.jobId === jobId && part.cut === cut);
    return new Set(own.map(({ part }) => part.part));
  }

  #showAfter(message: QueuedMessage, ms: number): void {
    message.visibleAt = this.#time.now + ms;
    this.#time.after(ms, () => this.#receiveAll());
  }

  #receiveAll(): void {
    const isVisible = ({ visibleAt }: QueuedMessage) => visibleAt <= this.#time.now;
    for (;;) {
      const visible = [...this.#messages].filter(isVisible);
      if (visible.length === 0 || this.#busy >= this.#options.concurrency) return;
      this.#receive(this.#chances.one(visible));
    }
  }

  #receive(message: QueuedMessage): void {
    message.receives++;
    if (message.receives > RECEIVES) {
      this.#messages.delete(message);
      this.#options.noteDead(message.part);
      return;
    }
    const isTwice = this.#chances.is(this.#options.double);
    this.#showAfter(message, isTwice ? this.#chances.between(1, 2000) : VISIBILITY_MS);
    const free = this.#occupy();
    this.#options
      .work(message.part, message.receives)
      .then(() => this.#messages.delete(message))
      .catch(() => this.#showAfter(message, RETRY_MS * message.receives))
      .finally(free);
  }

  /** Takes a worker's place until it ends, or its time is over. */
  #occupy(): () => void {
    this.#busy++;
    let isFree = false;
    const free = () => {
      if (isFree) return;
      isFree = true;
      this.#busy--;
      this.#receiveAll();
    };
    this.#time.after(TIMEOUT_MS, free);
    return free;
  }
}
