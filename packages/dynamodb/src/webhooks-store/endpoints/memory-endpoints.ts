import { canDisable, newEndpoint, withChange } from './endpoint-changes.ts';
import { type Endpoint, type EndpointsStore, MAX_ENDPOINTS } from './endpoints-store.ts';

/** What the table holds of endpoints. */
export interface EndpointsState {
  readonly endpoints: Map<string, Endpoint>;
  /** Ids of those that were removed. */
  readonly removed: Set<string>;
}

/** Endpoints in memory, for tests. `turn` is awaited before each step. */
export function createMemoryEndpoints(
  { endpoints, removed }: EndpointsState,
  turn: () => Promise<void>,
): EndpointsStore {
  const sorted = () => [...endpoints.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  /** Changes an endpoint if it is there and the condition holds. */
  const change = (id: string, isAllowed: (stored: Endpoint) => boolean, to: (stored: Endpoint) => Endpoint) => {
    const stored = endpoints.get(id);
    if (!stored || !isAllowed(stored)) return undefined;
    endpoints.set(id, to(stored));
    return endpoints.get(id);
  };

  return {
    async createEndpoint(endpoint) {
      await turn();
      if (endpoints.has(endpoint.id)) return 'exists';
      if (endpoints.size >= MAX_ENDPOINTS) return 'full';
      if (removed.has(endpoint.id)) return 'removed';
      endpoints.set(endpoint.id, newEndpoint(endpoint));
      return 'created';
    },

    async findEndpoint(id) {
      await turn();
      return endpoints.get(id);
    },

    async listEndpoints({ after, limit }) {
      await turn();
      const rest = sorted().filter(({ id }) => after === undefined || id > after);
      return { endpoints: rest.slice(0, limit), next: rest.length > limit ? rest[limit - 1]?.id : undefined };
    },

    async allEndpoints() {
      await turn();
      return sorted();
    },

    async updateEndpoint({ id, revision }, wanted) {
      await turn();
      return change(
        id,
        (stored) => stored.revision === revision,
        (stored) => withChange(stored, wanted),
      );
    },

    async removeEndpoint(id) {
      await turn();
      if (!endpoints.delete(id)) return false;
      removed.add(id);
      return true;
    },

    async setHealth({ id, health: read }, health) {
      await turn();
      const changed = change(
        id,
        (stored) => stored.health.revision === read.revision,
        (stored) => ({ ...stored, health: { ...health, revision: read.revision + 1 } }),
      );
      return changed !== undefined;
    },

    async disableEndpoint(read, disabled) {
      await turn();
      const changed = change(
        read.id,
        (stored) => canDisable(stored, read),
        (stored) => withChange(stored, { disabled }),
      );
      return changed !== undefined;
    },
  };
}
