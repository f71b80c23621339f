import { decompress, runObjectKey } from '@weir/archive';
import type { ArchiveRun } from '@weir/dynamodb';
import type { Erasure, ErasureSettlement, PassMember } from '@weir/dynamodb/erasures';
import { MemoryErasureStore, MemoryPassStore } from '@weir/dynamodb/erasures/memory';
import { MemoryMetricsStore } from '@weir/dynamodb/memory';
import { LOG_ID } from '@weir/ingest-stream/src/testing/consumer-fixture.ts';
import type { EraseWorld } from './erase-world.ts';

/** Calls `onOpen` when a pass begins its walk. */
export class WatchedPassStore extends MemoryPassStore {
  onOpen: (pass: number) => Promise<void> = async () => {};

  override async open(pass: number, members: readonly PassMember[], at: number): Promise<boolean> {
    const isOpened = await super.open(pass, members, at);
    if (isOpened) await this.onOpen(pass);
    return isOpened;
  }
}

/** Calls `onStep` when a step of an erasure is done. */
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
 * Checks the purpose of each step: when it is done, no run that was swept when the pass began holds a line that the
 * step had to remove. The end cannot show this, as later steps would find a line that one has missed.
 */
export class StepChecks {
  /** For each pass, the first entries of the runs that were swept when it began. */
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

  /** Takes no turn, so nothing else happens meanwhile. */
  #runs(): Promise<ArchiveRun[]> {
    return new MemoryMetricsStore(undefined, this.#world.fixture.store.items).newestRuns(
      LOG_ID,
      Number.MAX_SAFE_INTEGER,
    );
  }
}
