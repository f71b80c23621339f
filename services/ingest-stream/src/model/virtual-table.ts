import type { MetricsStore } from '@weir/dynamodb';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import type { Random } from './random.ts';

/** The `metrics` table of one simulated deployment. */
export interface VirtualTable {
  /** The table as one process sees it: `call` is awaited before each call. */
  open(call: () => Promise<void>): MetricsStore;
  /** Removes some of the items whose time is over. */
  expire(now: number, random: Random): void;
}

/** A table in memory: thousands of schedules in a minute. */
export function createMemoryTable(): VirtualTable {
  const { items } = new MemoryMetricsStore();
  return {
    open: (call) => new MemoryMetricsStore(call, items),
    expire(now, random) {
      for (const [key, item] of items) {
        const expiresAt = item.expiresAt as number | undefined;
        if (expiresAt !== undefined && expiresAt * 1000 < now && random.chance(0.7)) items.delete(key);
      }
    },
  };
}

/** Any store as a table: here a call is one step, whatever it sends. Nothing expires. */
export function createTableOf(store: MetricsStore): VirtualTable {
  return {
    open: (call) =>
      new Proxy(store, {
        get(target, name) {
          const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
          if (name === 'readBackwards') return (logId: string) => afterTurn(call, store.readBackwards(logId));
          return async (...args: unknown[]) => {
            await call();
            return method.apply(target, args);
          };
        },
      }),
    expire: () => {},
  };
}

async function* afterTurn<T>(call: () => Promise<void>, source: AsyncIterable<T>): AsyncIterable<T> {
  await call();
  yield* source;
}
