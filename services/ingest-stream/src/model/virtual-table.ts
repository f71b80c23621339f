import type { MetricsStore } from '@weir/dynamodb';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import type { Random } from './random.ts';

/** The `metrics` table of one simulated deployment. */
export interface VirtualTable {
  /** The table for one process: `call` is awaited before each of its calls. */
  open(call: () => Promise<void>): MetricsStore;
  /** Removes some of the expired items. */
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

/** Makes a table of any store. A call is one step, with any number of requests. Nothing expires. */
export function createTableOf(store: MetricsStore): VirtualTable {
  return {
    open: (call) =>
      new Proxy(store, {
        get(target, name) {
          const method = Reflect.get(target, name) as (...args: unknown[]) => unknown;
          if (name === 'readBackwards') {
            const read = store.readBackwards.bind(store);
            return (...args: Parameters<typeof read>) => afterTurn(call, read(...args));
          }
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
