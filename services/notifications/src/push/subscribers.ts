import type { Connection, ConnectionsStore, Subscription } from '@weir/dynamodb/connections';
import { atOnce } from '../calls/at-once.ts';

interface Known {
  readonly revision: number;
  readonly subscriptions: readonly Subscription[];
}

/** A client, and what it is subscribed to. */
export type Subscriber = readonly [connectionId: string, subscriptions: readonly Subscription[]];

/** Who is subscribed to what. A refresh lists the connections, and reads only what has changed. */
export class Subscribers {
  readonly #store: Pick<ConnectionsStore, 'all' | 'subscriptions'>;
  #known = new Map<string, Known>();

  constructor(store: Pick<ConnectionsStore, 'all' | 'subscriptions'>) {
    this.#store = store;
  }

  /** Afterwards it has each subscription that was stored before, of connections whose key has not expired. */
  async refresh(now: number): Promise<void> {
    const connections = (await this.#store.all()).filter((connection) => isSubscriber(connection, now));
    const before = this.#known;
    const known = new Map<string, Known>();
    await atOnce(connections, async ({ id, revision }) => {
      const kept = before.get(id);
      const isKept = kept?.revision === revision;
      known.set(id, isKept ? kept : { revision, subscriptions: await this.#store.subscriptions(id) });
    });
    this.#known = known;
  }

  /** The subscription of a client, as it was stored at the last refresh. */
  find(connectionId: string, subscriptionId: string): Subscription | undefined {
    return this.#known.get(connectionId)?.subscriptions.find(({ id }) => id === subscriptionId);
  }

  has(connectionId: string): boolean {
    return this.#known.has(connectionId);
  }

  forget(connectionId: string): void {
    this.#known.delete(connectionId);
  }

  *[Symbol.iterator](): IterableIterator<Subscriber> {
    for (const [id, { subscriptions }] of this.#known) yield [id, subscriptions];
  }
}

/** A connection that never had a subscription has none. */
function isSubscriber({ revision, keyExpiresAt = Number.POSITIVE_INFINITY }: Connection, now: number): boolean {
  return revision > 0 && keyExpiresAt > now;
}
