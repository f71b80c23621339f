import { decompress, runObjectKey } from '@weir/archive';
import type { ArchiveRun } from '@weir/dynamodb';
import type { Erasure, ErasureSettlement, PassMember } from '@weir/dynamodb/erasures';
import { MemoryErasureStore, MemoryPassStore } from '@weir/dynamodb/erasures/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { LOG_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import type { EraseWorld } from './erase-world.ts';

/** Tells when a pass begins to walk. */
export class WatchedPassStore extends MemoryPassStore {
  onOpen: (pass: number) => Promise<void> = async () => {};

  override async open(pass: number, members: readonly PassMember[], at: number): Promise<boolean> {
    const isOpened = await super.open(pass, members, at);
    if (isOpened) await this.onOpen(pass);
    return isOpened;
  }
}

/** Tells when a step of an erasure is done. */
export class WatchedErasureStore extends MemoryErasureStore {
  onStep: (erasure: Erasure, pass: number) => Promise<void> = async () => {};

  override async settle(settlement: ErasureSettlement): Promise<boolean> {
    const isSettled = await super.settle(settlement);
    const { erasure, pass, next } = settlement;
    const isDone = next?.status === 'done' || (next?.status === 'running' && next.step !== erasure.step);
    if (isSettled && isDone) await this.onStep(erasure, pass);
    return isSettled;
  }
}

/**
 * Holds each step against what it is for: when it is done, no run that was swept when the pass began holds a line that it
 * had to take out. Later steps would find what one has missed, so the end does not tell.
 */
export class StepChecks {
  /** First entries of the runs that were swept when each pass began. */
  readonly #swept = new Map<number, ReadonlySet<number>>();
  readonly #world: EraseWorld;

  constructor(world: EraseWorld) {
    this.#world = world;
  }

  async begin(pass: number): Promise<void> {
    const swept = (await this.#runs()).filter((run) => run.swept);
    this.#swept.set(pass, new Set(swept.map(({ from }) => from)));
  }

  async check(erasure: Erasure, pass: number): Promise<void> {
    const { fixture, owners } = this.#world;
    for (const run of await this.#runs()) {
      if (!this.#swept.get(pass)?.has(run.from)) continue;
      const bytes = fixture.objects.objects.get(runObjectKey(run) ?? '')?.bytes;
      for (const text of bytes ? Buffer.from(decompress(bytes)).toString().split('\n').slice(0, -1) : []) {
        const { arrival, event } = JSON.parse(text);
        if (event.userId !== owners.get(erasure.id) || arrival >= erasure.until) continue;
        throw new Error(`${erasure.id} has done its step ${erasure.step} by pass ${pass}, and is in run ${run.from}`);
      }
    }
  }

  /** Without a turn: nothing happens meanwhile. */
  #runs(): Promise<ArchiveRun[]> {
    return new MemoryMetricsStore(undefined, this.#world.fixture.store.items).newestRuns(
      LOG_ID,
      Number.MAX_SAFE_INTEGER,
    );
  }
}
