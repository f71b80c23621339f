import type { MemoryMetricsStore, Turn } from '../metrics-store/memory-metrics-store.ts';
import {
  ARCHIVE_PLACE,
  type Erasure,
  type ErasureStart,
  type ErasureStore,
  type PlaceCount,
  type ReplacedRun,
} from './erasures-store.ts';

/** What several callers share. */
export interface MemoryErasures {
  readonly receipts: Map<string, Erasure>;
  /** Ids of erasures that have not ended, by person. */
  readonly open: Map<string, string>;
}

/** Erasures in memory, for tests: the same conditions and atomic steps as in DynamoDB. */
export class MemoryErasureStore implements ErasureStore {
  readonly #metrics: MemoryMetricsStore;
  readonly #turn: Turn;
  readonly #items: MemoryErasures;

  constructor(
    metrics: MemoryMetricsStore,
    turn: Turn = async () => {},
    items: MemoryErasures = { receipts: new Map(), open: new Map() },
  ) {
    this.#metrics = metrics;
    this.#turn = turn;
    this.#items = items;
  }

  async begin(start: ErasureStart): Promise<Erasure> {
    await this.#turn('begin');
    const { receipts, open } = this.#items;
    const running = receipts.get(open.get(start.userId) ?? '');
    if (!running) {
      open.set(start.userId, start.id);
      return this.#save({
        ...start,
        renewedAt: start.requestedAt,
        status: 'running',
        attempt: 0,
        finishedAt: undefined,
        places: {},
      });
    }
    const extension = running.until < start.requestedAt && { until: start.until, renewedAt: start.requestedAt };
    const attempt = running.attempt + (running.status === 'failed' ? 1 : 0);
    return this.#save({ ...running, ...extension, attempt, status: 'running' });
  }

  async find(id: string): Promise<Erasure | undefined> {
    await this.#turn('find');
    return this.#items.receipts.get(id);
  }

  async findOf(userId: string): Promise<string | undefined> {
    await this.#turn('findOf');
    return this.#items.open.get(userId);
  }

  async restart(id: string, attempt: number): Promise<void> {
    await this.#turn('restart');
    const erasure = this.#items.receipts.get(id);
    if (erasure?.attempt === attempt - 1) this.#save({ ...erasure, attempt });
  }

  async credit(id: string, place: string, count: PlaceCount): Promise<void> {
    await this.#turn('credit');
    this.#credit(id, place, count);
  }

  async replaceRun({ erasureId, run, digest, lines, at }: ReplacedRun): Promise<boolean> {
    await this.#turn('replaceRun');
    if (!this.#metrics.replaceDigest(run, digest)) return false;
    this.#credit(erasureId, ARCHIVE_PLACE, { items: lines, objects: 1, at });
    return true;
  }

  async finish(id: string, { until, at }: { until: number; at: number }): Promise<boolean> {
    await this.#turn('finish');
    const erasure = this.#items.receipts.get(id);
    if (erasure?.userId === undefined || erasure.until !== until || erasure.status !== 'running') return false;
    this.#items.open.delete(erasure.userId);
    this.#save({ ...erasure, status: 'done', finishedAt: at, userId: undefined });
    return true;
  }

  async fail(id: string): Promise<void> {
    await this.#turn('fail');
    const erasure = this.#items.receipts.get(id);
    if (erasure?.status === 'running') this.#save({ ...erasure, status: 'failed' });
  }

  #credit(id: string, place: string, { items, objects, at }: PlaceCount): void {
    const erasure = this.#items.receipts.get(id);
    if (!erasure) return;
    const before = erasure.places[place];
    const sum = { items: (before?.items ?? 0) + items, objects: (before?.objects ?? 0) + objects, at };
    this.#save({ ...erasure, places: { ...erasure.places, [place]: sum } });
  }

  #save(erasure: Erasure): Erasure {
    this.#items.receipts.set(erasure.id, erasure);
    return erasure;
  }
}
