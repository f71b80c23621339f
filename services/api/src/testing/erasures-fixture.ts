import { MemoryObjectStore } from '@weir/archive/memory';
import { MemoryErasureStore, MemoryPassStore } from '@weir/dynamodb/erasures/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { silentLog } from '@weir/logging';
import type { ErasureRoutesDeps } from '../erasures/answer-erasures.ts';
import type { EraseTaskDeps } from '../erasures/passes/erase-task.ts';
import { beginPass } from '../erasures/passes/start-pass.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Erasures on stores in memory, with a clock that a test moves, and a record of the places erased at once. */
export function createErasuresFixture() {
  const clock = { now: Date.UTC(2026, 0, 10, 11, 30) };
  const now = () => clock.now;
  const store = new MemoryMetricsStore();
  const objects = new MemoryObjectStore(now);
  const erasures = new MemoryErasureStore();
  const passes = new MemoryPassStore(store);
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
  const newId = () => `e${ids.next++}`;
  const starts = {
    passes,
    machine: {
      async start(name: string) {
        started.push(name);
        return 'running' as const;
      },
    },
    now,
    newId,
    intervalMs: HOUR_MS,
  };
  const routes: ErasureRoutesDeps = {
    erasures,
    beginPass: () => beginPass(starts),
    places: ['profile', 'activity'].map(placeOf),
    now,
    newId,
    graceMs: 1_000,
    findTag: async () => undefined,
    retention: { streamMs: 7 * DAY_MS, entryMs: 9 * DAY_MS, logsMs: 30 * DAY_MS, lastPassMs: 8 * DAY_MS },
    budgetMs: 5_000,
    log: silentLog,
  };
  const told: string[] = [];
  const task: EraseTaskDeps = {
    ...starts,
    store,
    erasures,
    objects,
    log: silentLog,
    requested: [placeOf('profile')],
    refilled: [placeOf('activity')],
    announceErased: async ({ userId }) => void told.push(String(userId)),
    times: { lastMs: 8 * DAY_MS, orphansMs: 5_400_000 },
  };
  return { clock, store, objects, erasures, passes, started, erased, told, routes, task };
}
