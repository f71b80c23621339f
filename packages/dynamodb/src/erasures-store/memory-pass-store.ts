import type { MemoryMetricsStore, Turn } from '../metrics-store/memory-metrics-store.ts';
import {
  NO_PASS,
  NOT_WALKED,
  type ObjectCounts,
  type Pass,
  type PassMember,
  type PassPhase,
  type PassStore,
  type ReplacedRun,
  type Walked,
} from './passes-store.ts';

/** The state that several callers share. */
export interface MemoryPass {
  pass: Pass;
  members: readonly PassMember[];
  readonly counts: Map<string, ObjectCounts>;
}

/** The pass under way in memory, for tests: the same conditions and atomic steps as in DynamoDB. */
export class MemoryPassStore implements PassStore {
  readonly #metrics: MemoryMetricsStore;
  readonly #turn: Turn;
  readonly #items: MemoryPass;

  constructor(
    metrics: MemoryMetricsStore,
    turn: Turn = async () => {},
    items: MemoryPass = { pass: NO_PASS, members: [], counts: new Map() },
  ) {
    this.#metrics = metrics;
    this.#turn = turn;
    this.#items = items;
  }

  async find(): Promise<Pass> {
    await this.#turn('findPass');
    return this.#items.pass;
  }

  async begin({ number }: Pass, execution: string): Promise<Pass | undefined> {
    await this.#turn('beginPass');
    return this.#change(number, 'over', { number: number + 1, phase: 'gathering', execution });
  }

  async restart({ number, phase, execution }: Pass, next: string): Promise<Pass | undefined> {
    await this.#turn('restart');
    return this.#items.pass.execution === execution ? this.#change(number, phase, { execution: next }) : undefined;
  }

  async open(pass: number, members: readonly PassMember[], at: number): Promise<boolean> {
    await this.#turn('putMembers');
    await this.#turn('open');
    const list = { name: 'members', parts: 1 };
    const opened = this.#change(pass, 'gathering', {
      phase: 'walking',
      beganAt: at,
      members: list,
      walked: NOT_WALKED,
    });
    if (opened) this.#items.members = [...members];
    return opened !== undefined;
  }

  async listMembers(pass: Pass): Promise<PassMember[]> {
    await this.#turn('listMembers');
    return pass.number === this.#items.pass.number && pass.members ? [...this.#items.members] : [];
  }

  async save(pass: number, walked: Walked): Promise<boolean> {
    await this.#turn('save');
    return this.#change(pass, 'walking', { walked }) !== undefined;
  }

  async replaceRun(pass: number, { run, digest, ...counts }: ReplacedRun): Promise<boolean> {
    await this.#turn('replaceRun');
    if (!this.#is(pass, 'walking') || !this.#metrics.replaceDigest(run, digest)) return false;
    this.#items.counts.set(`${counts.place} ${counts.key}`, counts);
    return true;
  }

  async count(pass: number, counts: ObjectCounts): Promise<boolean> {
    await this.#turn('count');
    if (!this.#is(pass, 'walking')) return false;
    this.#items.counts.set(`${counts.place} ${counts.key}`, counts);
    return true;
  }

  async endWalk(pass: number): Promise<boolean> {
    await this.#turn('endWalk');
    return this.#change(pass, 'walking', { phase: 'settling' }) !== undefined;
  }

  async *listCounts(pass: number): AsyncIterable<ObjectCounts> {
    await this.#turn('listCounts');
    if (pass === this.#items.pass.number) yield* [...this.#items.counts.values()];
  }

  async end(pass: number, phase: 'gathering' | 'settling'): Promise<void> {
    if (phase === 'settling') {
      await this.#turn('removeCounts');
      if (pass === this.#items.pass.number) this.#items.counts.clear();
      await this.#turn('removeMembers');
      if (pass === this.#items.pass.number) this.#items.members = [];
    }
    await this.#turn('end');
    this.#change(pass, phase, { phase: 'over', members: undefined });
  }

  #is(pass: number, phase: PassPhase): boolean {
    return this.#items.pass.number === pass && this.#items.pass.phase === phase;
  }

  #change(pass: number, phase: PassPhase, changes: Partial<Pass>): Pass | undefined {
    if (!this.#is(pass, phase)) return undefined;
    this.#items.pass = { ...this.#items.pass, ...changes };
    return this.#items.pass;
  }
}
