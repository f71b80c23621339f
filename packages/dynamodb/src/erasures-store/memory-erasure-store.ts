import type { Turn } from '../metrics-store/memory-metrics-store.ts';
import type {
  Erasure,
  ErasureSettlement,
  ErasureStart,
  ErasureStore,
  NextStep,
  PlaceCount,
  WaitingErasure,
} from './erasures-store.ts';

/** The state that several callers share. */
export interface MemoryErasures {
  readonly receipts: Map<string, Erasure>;
  /** Ids of erasures that have not ended, by person. */
  readonly open: Map<string, string>;
}

/** Erasures in memory, for tests: the same conditions and atomic steps as in DynamoDB. */
export class MemoryErasureStore implements ErasureStore {
  readonly #turn: Turn;
  readonly #items: MemoryErasures;

  constructor(turn: Turn = async () => {}, items: MemoryErasures = { receipts: new Map(), open: new Map() }) {
    this.#turn = turn;
    this.#items = items;
  }

  async begin(start: ErasureStart): Promise<Erasure> {
    await this.#turn('begin');
    const { receipts, open } = this.#items;
    const first = { step: 'now', dueAt: start.requestedAt, tries: 0, status: 'running' } as const;
    const running = receipts.get(open.get(start.userId) ?? '');
    if (!running) {
      open.set(start.userId, start.id);
      const rest = { renewedAt: start.requestedAt, finishedAt: undefined, revision: 0, countedPass: 0, places: {} };
      return this.#save({ ...start, ...rest, ...first });
    }
    const isCovered = running.until >= start.requestedAt;
    if (running.status === 'running' && isCovered) return running;
    const extension = !isCovered && { until: start.until, renewedAt: start.requestedAt };
    return this.#save({ ...running, ...extension, ...first, revision: running.revision + 1 });
  }

  async find(id: string): Promise<Erasure | undefined> {
    await this.#turn('find');
    return this.#items.receipts.get(id);
  }

  async findAll(ids: readonly string[]): Promise<Map<string, Erasure>> {
    await this.#turn('findAll');
    return new Map(
      ids.flatMap((id) => {
        const erasure = this.#items.receipts.get(id);
        return erasure ? [[id, erasure] as const] : [];
      }),
    );
  }

  async findOf(userId: string): Promise<string | undefined> {
    await this.#turn('findOf');
    return this.#items.open.get(userId);
  }

  async *listDue(now: number): AsyncIterable<WaitingErasure> {
    await this.#turn('listDue');
    const due = [...this.#items.receipts.values()].filter(({ status, dueAt }) => status === 'running' && dueAt <= now);
    due.sort((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
    yield* due.map(({ id, revision, step, until, dueAt }) => ({ id, revision, step, until, dueAt }));
  }

  async credit(id: string, place: string, count: PlaceCount): Promise<void> {
    await this.#turn('credit');
    const erasure = this.#items.receipts.get(id);
    if (erasure) this.#save(withCounts(erasure, { [place]: count }));
  }

  async settle({ pass, erasure: read, counts, next }: ErasureSettlement): Promise<boolean> {
    await this.#turn('settle');
    const erasure = this.#items.receipts.get(read.id);
    if (!erasure || erasure.countedPass >= pass || (next && !this.#isAs(read))) return false;
    const counted = { ...withCounts(erasure, counts), countedPass: pass };
    this.#save(next ? { ...counted, ...this.#goOn(read, next) } : counted);
    return true;
  }

  async fail(read: Erasure): Promise<boolean> {
    await this.#turn('fail');
    if (!this.#isAs(read)) return false;
    this.#save({ ...(this.#items.receipts.get(read.id) as Erasure), ...this.#goOn(read, { status: 'failed' }) });
    return true;
  }

  #goOn({ userId, revision }: Erasure, next: NextStep): Partial<Erasure> {
    const changed = { revision: revision + 1 };
    if (next.status !== 'done') return { ...changed, ...next };
    this.#items.open.delete(userId ?? '');
    return { ...changed, status: 'done', finishedAt: next.at, userId: undefined };
  }

  #isAs({ id, revision }: Erasure): boolean {
    const now = this.#items.receipts.get(id);
    return now?.revision === revision && now.status === 'running';
  }

  #save(erasure: Erasure): Erasure {
    this.#items.receipts.set(erasure.id, erasure);
    return erasure;
  }
}

function withCounts(erasure: Erasure, counts: Readonly<Record<string, PlaceCount>>): Erasure {
  const places = { ...erasure.places };
  for (const [place, { items, objects, at }] of Object.entries(counts)) {
    const before = places[place];
    places[place] = { items: (before?.items ?? 0) + items, objects: (before?.objects ?? 0) + objects, at };
  }
  return { ...erasure, places };
}
