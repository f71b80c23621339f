import type { Lane, QueuedDelivery } from '@weir/notifications/src/queues/delivery-message.ts';
import type { VirtualTime } from '@weir/simulation';

const BATCH = 10;
/** From a queue to a function that waits for it. */
const POLL_MS = 10;

export interface LaneWorkersOptions {
  /** Calls of the function at the same time. */
  readonly concurrency: Readonly<Record<Lane, number>>;
  readonly deliver: (message: QueuedDelivery) => Promise<unknown>;
}

/** Two queues with their calls of the function: a batch each, and a call is free again when all of its batch has ended. */
export class LaneWorkers {
  readonly waiting: Record<Lane, QueuedDelivery[]> = { fast: [], slow: [] };
  readonly #busy = { fast: 0, slow: 0 };
  readonly #time: VirtualTime;
  readonly #options: LaneWorkersOptions;

  constructor(time: VirtualTime, options: LaneWorkersOptions) {
    this.#time = time;
    this.#options = options;
  }

  send(delivery: QueuedDelivery): void {
    this.#time.after((delivery.delaySeconds ?? 0) * 1000 + POLL_MS, () => {
      this.waiting[delivery.lane].push(delivery);
      this.#receive(delivery.lane);
    });
  }

  #receive(lane: Lane): void {
    const { concurrency, deliver } = this.#options;
    while (this.waiting[lane].length > 0 && this.#busy[lane] < concurrency[lane]) {
      this.#busy[lane]++;
      const batch = this.waiting[lane].splice(0, BATCH);
      void Promise.allSettled(batch.map(deliver)).then(() => {
        this.#busy[lane]--;
        this.#receive(lane);
      });
    }
  }
}
