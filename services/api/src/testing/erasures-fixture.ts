import { MemoryObjectStore } from '@weir/archive/memory';
import { MemoryErasureStore } from '@weir/dynamodb/erasures/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { silentLog } from '@weir/logging';
import type { ErasureRoutesDeps } from '../erasures/answer-erasures.ts';
import type { EraseTaskDeps } from '../erasures/erase-task.ts';

const DAY_MS = 86_400_000;

/** Erasures over stores in memory, with a clock that a test moves, and what was done at once. */
export function createErasuresFixture() {
  const clock = { now: Date.UTC(2026, 0, 10, 11, 30) };
  const now = () => clock.now;
  const store = new MemoryMetricsStore();
  const objects = new MemoryObjectStore(now);
  const erasures = new MemoryErasureStore(store);
  const started: string[] = [];
  const erased: string[] = [];
  const ids = { next: 0 };
  const placeOf = (name: string) => ({
    name,
    erase: async (userId: string) => {
      erased.push(`${name} ${userId}`);
      return { erased: 2 };
    },
  });
  const routes: ErasureRoutesDeps = {
    erasures,
    machine: {
      async start(name) {
        started.push(name);
        return 'running';
      },
    },
    places: ['profile', 'activity'].map(placeOf),
    now,
    newId: () => `e${ids.next++}`,
    graceMs: 1_000,
    findTag: async () => undefined,
    retention: { streamMs: 7 * DAY_MS, entryMs: 9 * DAY_MS, logsMs: 30 * DAY_MS, lastPassMs: 8 * DAY_MS },
    budgetMs: 5_000,
    log: silentLog,
  };
  const task: EraseTaskDeps = {
    store,
    erasures,
    objects,
    now,
    log: silentLog,
    requested: [placeOf('profile')],
    refilled: [placeOf('activity')],
    times: { pollMs: 60_000, lastMs: 8 * DAY_MS, orphansMs: 5_400_000 },
  };
  return { clock, store, objects, erasures, started, erased, routes, task };
}
