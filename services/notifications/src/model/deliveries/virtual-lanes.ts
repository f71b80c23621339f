import type { Chances, VirtualTime } from '@weir/simulation';
import type { DeliveryMessage, QueuedDelivery } from '../../queues/delivery-message.ts';

const SECOND_MS = 1000;
const RECEIVES = 3;
const VISIBILITY_MS = 6 * 60 * SECOND_MS;

export interface LanesOptions {
  /** How often a message is doubled, or is lost with its queue. */
  readonly double: number;
  readonly lose: number;
  /** Rejects if the attempt fails; never ends if its process is killed. */
  readonly deliver: (message: DeliveryMessage, lane: QueuedDelivery['lane']) => Promise<unknown>;
}

/** The two queues: at least once, in any order; what failed three times is in no queue any more. */
export class VirtualLanes {
  readonly #time: VirtualTime;
  readonly #chances: Chances;
  readonly #options: LanesOptions;

  constructor(time: VirtualTime, chances: Chances, options: LanesOptions) {
    this.#time = time;
    this.#chances = chances;
    this.#options = options;
  }

  /** Messages of the slow queue that wait. */
  slow = 0;

  send(delivery: QueuedDelivery): void {
    if (this.#chances.is(this.#options.lose)) return;
    const copies = this.#chances.is(this.#options.double) ? 2 : 1;
    for (let copy = 0; copy < copies; copy++) {
      const lateMs = this.#chances.between(1, 20) * (copy === 0 ? 5 : 30 * SECOND_MS);
      this.#show(delivery, 1, (delivery.delaySeconds ?? 0) * SECOND_MS + lateMs);
    }
  }

  #show(delivery: QueuedDelivery, receive: number, afterMs: number): void {
    if (receive > RECEIVES) return;
    if (delivery.lane === 'slow') this.slow++;
    this.#time.after(afterMs, () => {
      if (delivery.lane === 'slow') this.slow--;
      let isDone = false;
      this.#options.deliver(delivery, delivery.lane).then(
        () => {
          isDone = true;
        },
        () => {},
      );
      this.#time.after(VISIBILITY_MS, () => {
        if (!isDone) this.#show(delivery, receive + 1, 1);
      });
    });
  }
}
