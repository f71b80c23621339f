import {
  admittedIds,
  canEnd,
  canFixCut,
  isActive,
  isSameJob,
  NO_TURNS,
  queuedJob,
  type Turns,
  turnsAfterAdmission,
  turnsWithout,
  turnsWithReopened,
  withCut,
} from './job-changes.ts';
import {
  ACTIVE_PER_KEY,
  type FixedCut,
  type Job,
  type JobEnd,
  type JobKindName,
  type JobsPage,
  type JobsQuery,
  type JobsStore,
  jobKindOf,
  type NewJob,
  REQUEST_KEPT_MS,
} from './jobs-store.ts';

/** What the table holds. */
export interface JobsState {
  readonly jobs: Map<string, Job>;
  /** By key. */
  readonly turns: Map<string, Turns>;
  /** When a request was first made, by its id. */
  readonly asked: Map<string, number>;
}

/** Jobs in memory, for tests: each step that is atomic in DynamoDB is one step here. `turn` is awaited before each call. */
export class MemoryJobsStore implements JobsStore {
  readonly #turn: () => Promise<void>;
  readonly #state: JobsState;

  /** Several stores with one state are several connections to one table. */
  constructor(turn = async () => {}, state: JobsState = { jobs: new Map(), turns: new Map(), asked: new Map() }) {
    this.#turn = turn;
    this.#state = state;
  }

  async firstAsked(requestId: string, now: number): Promise<number> {
    await this.#turn();
    const known = this.#state.asked.get(requestId);
    if (known !== undefined && known > now - REQUEST_KEPT_MS) return known;
    this.#state.asked.set(requestId, now);
    return now;
  }

  async create(job: NewJob): Promise<'created' | 'exists' | 'full'> {
    await this.#turn();
    const stored = this.#state.jobs.get(job.id);
    if (stored) return isSameJob(stored, job) ? 'created' : 'exists';
    const { running, waiting } = this.#turnsOf(job.keyId);
    if (running.length + waiting.length >= ACTIVE_PER_KEY) return 'full';
    this.#state.jobs.set(job.id, queuedJob(job));
    this.#state.turns.set(job.keyId, { running, waiting: [...waiting, job.id] });
    return 'created';
  }

  async find(id: string): Promise<Job | undefined> {
    await this.#turn();
    return this.#state.jobs.get(id);
  }

  async list(kind: JobKindName, { after, limit, keyId }: JobsQuery): Promise<JobsPage> {
    await this.#turn();
    const all = [...this.#state.jobs.values()]
      .filter(({ id }) => jobKindOf(id) === kind && (after === undefined || id < after))
      .filter((job) => keyId === undefined || job.keyId === keyId)
      .sort((a, b) => (a.id < b.id ? 1 : -1));
    const jobs = all.slice(0, limit);
    return { jobs, next: all.length > limit ? jobs.at(-1)?.id : undefined };
  }

  async admit(keyId: string, now: number): Promise<readonly Job[]> {
    await this.#turn();
    const turns = this.#turnsOf(keyId);
    const ids = admittedIds(turns);
    for (const id of ids) this.#change(id, (job) => ({ ...job, status: 'running', progressAt: now }));
    const after = turnsAfterAdmission(turns, ids);
    this.#state.turns.set(keyId, after);
    return after.running.flatMap((id) => this.#state.jobs.get(id) ?? []);
  }

  async fixCut(id: string, fixed: FixedCut): Promise<Job | undefined> {
    await this.#turn();
    return this.#change(id, (job) => (canFixCut(job) ? withCut(job, fixed) : job));
  }

  async markSent(id: string, { cut, now }: { cut: string; now: number }): Promise<void> {
    await this.#turn();
    this.#change(id, (job) => (job.status === 'running' && job.cut === cut ? { ...job, sentAt: now } : job));
  }

  async endPart(id: string, { cut, part, now }: { cut: string; part: number; now: number }): Promise<Job | undefined> {
    await this.#turn();
    const job = this.#state.jobs.get(id);
    if (job?.status !== 'running' || job.cut !== cut) return undefined;
    return this.#change(id, (open) => {
      return { ...open, done: new Set(open.done).add(part), progressAt: Math.max(open.progressAt, now) };
    });
  }

  async end(id: string, end: JobEnd): Promise<boolean> {
    await this.#turn();
    const job = this.#state.jobs.get(id);
    if (!job || !canEnd(job, end)) return false;
    this.#change(id, (open) => ({ ...open, status: end.status, reason: end.reason, endedAt: end.now }));
    this.#state.turns.set(job.keyId, turnsWithout(this.#turnsOf(job.keyId), [id]));
    return true;
  }

  async reopen(id: string, { now, anew }: { now: number; anew: boolean }): Promise<boolean> {
    await this.#turn();
    const job = this.#state.jobs.get(id);
    if (job?.status !== 'failed') return false;
    const turns = turnsWithReopened(this.#turnsOf(job.keyId), id);
    this.#state.turns.set(job.keyId, turns);
    const status = turns.running.includes(id) ? 'running' : 'queued';
    const open: Job = { ...job, status, reason: undefined, endedAt: undefined, sentAt: undefined, progressAt: now };
    const cleared = anew && { cut: undefined, cutAt: undefined, phases: [], done: new Set<number>() };
    this.#change(id, () => ({ ...open, ...cleared }));
    return true;
  }

  async *listActive(): AsyncIterable<Job> {
    await this.#turn();
    for (const job of [...this.#state.jobs.values()]) if (isActive(job)) yield job;
  }

  #turnsOf(keyId: string): Turns {
    return this.#state.turns.get(keyId) ?? NO_TURNS;
  }

  #change(id: string, change: (job: Job) => Job): Job | undefined {
    const job = this.#state.jobs.get(id);
    if (!job) return undefined;
    const changed = change(job);
    this.#state.jobs.set(id, changed);
    return changed;
  }
}
