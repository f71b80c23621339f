import { type Connection, type ConnectionsStore, MAX_SUBSCRIPTIONS, type Subscription } from './connections-store.ts';

/** What the table holds. */
export interface ConnectionsState {
  readonly connections: Map<string, Connection>;
  /** By connection, then by id. */
  readonly subscriptions: Map<string, Map<string, Subscription>>;
  /** Posts by second. */
  readonly posts: Map<number, number>;
}

/** A state without anything. */
export function emptyConnections(): ConnectionsState {
  return { connections: new Map(), subscriptions: new Map(), posts: new Map() };
}

/**
 * Connections in memory, for tests: each step that is atomic in DynamoDB is one step here. `turn` is awaited before each
 * step. Several stores with one state are several connections to one table.
 */
export function createMemoryConnectionsStore(turn = async () => {}, state = emptyConnections()): ConnectionsStore {
  const { connections, subscriptions, posts } = state;
  const ownOf = (id: string) => subscriptions.get(id) ?? new Map<string, Subscription>();
  const growRevision = (id: string) => {
    const found = connections.get(id);
    if (found) connections.set(id, { ...found, revision: found.revision + 1 });
    return found !== undefined;
  };

  return {
    async open(connection) {
      await turn();
      if (!connections.has(connection.id)) connections.set(connection.id, { ...connection, revision: 0 });
    },

    async find(id) {
      await turn();
      return connections.get(id);
    },

    async all() {
      await turn();
      return sorted(connections.values());
    },

    async close(id) {
      await turn();
      const wasThere = connections.delete(id);
      await turn();
      subscriptions.delete(id);
      return wasThere;
    },

    async subscribe(connectionId, subscription) {
      await turn();
      if (!connections.has(connectionId)) return 'gone';
      await turn();
      subscriptions.set(connectionId, ownOf(connectionId).set(subscription.id, subscription));
      await turn();
      if (ownOf(connectionId).size > MAX_SUBSCRIPTIONS) {
        await turn();
        ownOf(connectionId).delete(subscription.id);
        return 'too-many';
      }
      await turn();
      if (growRevision(connectionId)) return 'subscribed';
      await turn();
      ownOf(connectionId).delete(subscription.id);
      return 'gone';
    },

    async unsubscribe(connectionId, id) {
      await turn();
      ownOf(connectionId).delete(id);
      await turn();
      growRevision(connectionId);
    },

    async subscriptions(connectionId) {
      await turn();
      return sorted(ownOf(connectionId).values());
    },

    async takePosts({ second, wanted, limit }) {
      await turn();
      const taken = posts.get(second) ?? 0;
      const granted = Math.max(0, Math.min(wanted, limit - taken));
      posts.set(second, taken + granted);
      return granted;
    },
  };
}

function sorted<T extends { readonly id: string }>(list: Iterable<T>): T[] {
  return [...list].sort((a, b) => (a.id < b.id ? -1 : 1));
}
