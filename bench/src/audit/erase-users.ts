import { beginErasure } from '@weir/api/src/erasures/begin-erasure.ts';
import { eraseTask } from '@weir/api/src/erasures/passes/erase-task.ts';
import { beginPass } from '@weir/api/src/erasures/passes/start-pass.ts';
import { createErasuresFixture } from '@weir/api/src/testing/erasures-fixture.ts';
import type { MemoryObjectStore } from '@weir/archive/memory';
import { MemoryPassStore } from '@weir/dynamodb/erasures/memory';
import type { MemoryMetricsStore } from '@weir/dynamodb/memory';

export interface ErasedStage {
  readonly store: MemoryMetricsStore;
  readonly objects: MemoryObjectStore;
  readonly now: () => number;
}

/** Erases users from an archive, in one pass, and returns how many lines lost their user. */
export async function eraseUsers(stage: ErasedStage, users: readonly string[]): Promise<number> {
  const { task } = createErasuresFixture();
  const passes = new MemoryPassStore(stage.store);
  const deps = { ...task, ...stage, passes, requested: [], refilled: [] };
  // The pass begins when all are there.
  const begin = { ...deps, beginPass: async () => {}, places: [], graceMs: 0 };
  const ids: string[] = [];
  for (const userId of users) ids.push((await beginErasure(begin, userId)).id);
  await beginPass(deps);
  const { number: pass } = await passes.find();
  const { status } = await eraseTask(deps, { pass }, Number.POSITIVE_INFINITY);
  if (status !== 'done') throw new Error(`the pass of erasures is ${status}`);
  let lines = 0;
  for (const id of ids) {
    const { places = {} } = (await deps.erasures.find(id)) ?? {};
    lines += places.archive?.items ?? 0;
  }
  if (lines === 0) throw new Error('the erasure has found nothing');
  return lines;
}
