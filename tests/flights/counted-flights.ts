import type { DuckDBConnection } from '@duckdb/node-api';
import { HyperLogLog, hash64 } from '@weir/aggregates';
import type { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { countFlights } from './count-flights.ts';
import { openFlights, readFlights } from './flights.ts';

/** The flights in DuckDB, and the same flights as Weir has counted them. */
export interface CountedFlights {
  readonly connection: DuckDBConnection;
  readonly store: MemoryMetricsStore;
}

/** Reads the flights and counts them: half a minute. */
export async function openCountedFlights(): Promise<CountedFlights> {
  const connection = await openFlights();
  return { connection, store: await countFlights(readFlights(connection)) };
}

/** The sketch of some users, made without the consumer. */
export function sketchOf(userIds: Iterable<string>): HyperLogLog {
  const sketch = new HyperLogLog();
  const hash = new Uint32Array(2);
  for (const userId of userIds) {
    hash64(userId, hash);
    sketch.add(hash[0] as number, hash[1] as number);
  }
  return sketch;
}
