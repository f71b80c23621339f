import type { BucketInterval } from '@weir/alerts';

/** From each instance a client gets one frame a second. */
const BETWEEN_FRAMES_MS = 1_000;

/** A bucket of an action. `start` is in epoch milliseconds. */
export interface WaitingBucket {
  readonly action: string;
  readonly interval: BucketInterval;
  readonly start: number;
}

/** What waits of one subscription. */
export interface WaitingSubscription {
  readonly subscriptionId: string;
  readonly buckets: readonly WaitingBucket[];
}

type Buckets = Map<string, WaitingBucket>;

/** The buckets that clients have not got since they changed, each once: a row is made when it is sent. */
export class WaitingRows {
  readonly #clients = new Map<string, Map<string, Buckets>>();
  readonly #nextAt = new Map<string, number>();

  add(connectionId: string, subscriptionId: string, bucket: WaitingBucket): void {
    const own = this.#clients.get(connectionId) ?? new Map<string, Buckets>();
    const buckets = own.get(subscriptionId) ?? new Map<string, WaitingBucket>();
    buckets.set(`${bucket.interval} ${bucket.start} ${bucket.action}`, bucket);
    this.#clients.set(connectionId, own.set(subscriptionId, buckets));
  }

  /** The clients that may get a frame now, whoever waits longest first. */
  due(now: number): string[] {
    return [...this.#clients.keys()].filter((id) => (this.#nextAt.get(id) ?? now) <= now);
  }

  /** When the next client may get a frame; undefined if nothing waits. */
  nextAt(): number | undefined {
    const times = [...this.#clients.keys()].map((id) => this.#nextAt.get(id) ?? 0);
    return times.length > 0 ? Math.min(...times) : undefined;
  }

  /**
   * What a client's next frame may hold, whichever of its subscriptions waits longest first. It then waits no more; what is
   * added again comes after other clients.
   */
  take(connectionId: string, now: number): WaitingSubscription[] {
    const own = this.#clients.get(connectionId) ?? new Map<string, Buckets>();
    this.#clients.delete(connectionId);
    this.#nextAt.set(connectionId, now + BETWEEN_FRAMES_MS);
    return [...own].map(([subscriptionId, buckets]) => ({ subscriptionId, buckets: [...buckets.values()] }));
  }

  /** All that waits. */
  *buckets(): IterableIterator<WaitingBucket> {
    for (const own of this.#clients.values()) for (const buckets of own.values()) yield* buckets.values();
  }

  /** Forgets clients that are not there any more. */
  keep(isThere: (connectionId: string) => boolean): void {
    for (const id of new Set([...this.#clients.keys(), ...this.#nextAt.keys()])) if (!isThere(id)) this.forget(id);
  }

  forget(connectionId: string): void {
    this.#clients.delete(connectionId);
    this.#nextAt.delete(connectionId);
  }
}
