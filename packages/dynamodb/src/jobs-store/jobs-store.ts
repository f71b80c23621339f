/** The kinds of jobs. An id begins with the kind and a dash. `users` is internal: the daily report asks for it. */
export const JOB_KINDS = ['summary', 'retention', 'funnel', 'users'] as const;

export type JobKindName = (typeof JOB_KINDS)[number];

export type JobStatus = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Jobs of a key that run at once. */
export const RUNNING_PER_KEY = 2;

/** Jobs of a key that run or wait. */
export const ACTIVE_PER_KEY = 12;

/** A job is kept for so long after it was made or reopened, and its files after they were written. */
export const JOB_KEPT_MS = 90 * 24 * 60 * 60_000;

/** A request that may be sent again is known for so long: as its answer is. */
export const REQUEST_KEPT_MS = 24 * 60 * 60_000;

/** The question that a job answers. Times are epoch milliseconds. */
export interface Question {
  readonly kind: JobKindName;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  readonly timeZone: string;
  /** Undefined: all actions. */
  readonly actions: readonly string[] | undefined;
  /** Of a funnel. */
  readonly steps?: readonly string[];
  readonly windowSeconds?: number;
}

/** A job as the API writes it. */
export interface NewJob {
  /** `<kind>-` and what sorts by time. */
  readonly id: string;
  readonly question: Question;
  /** Id of the key that asks: jobs take turns by it. */
  readonly keyId: string;
  readonly createdAt: number;
}

/** A job. Times are epoch milliseconds. */
export interface Job extends NewJob {
  readonly status: JobStatus;
  /** Why it failed, in a word that a caller may read. */
  readonly reason: string | undefined;
  /** Names the folder of what the coordinator fixed; undefined until then. */
  readonly cut: string | undefined;
  /** When the cut was fixed: what the folder holds is not older. */
  readonly cutAt: number | undefined;
  /** Number of parts of each phase. The numbers of parts go on over the phases. */
  readonly phases: readonly number[];
  /** Numbers of the parts that have ended. */
  readonly done: ReadonlySet<number>;
  /** When its first parts were sent, after the cut was fixed or the job was reopened; undefined until then. */
  readonly sentAt: number | undefined;
  /** When it was made, admitted, cut or reopened, or when its last part ended. */
  readonly progressAt: number;
  readonly endedAt: number | undefined;
}

/** What the coordinator fixes. */
export interface FixedCut {
  readonly cut: string;
  readonly phases: readonly number[];
  readonly now: number;
}

/** The end of a job. */
export interface JobEnd {
  readonly status: 'done' | 'failed' | 'cancelled';
  readonly reason?: string;
  /** Only while the job has this cut (null: none yet): what remains of an earlier one must not end it. */
  readonly cut?: string | null;
  /** Only if there was no progress after this. */
  readonly progressAt?: number;
  readonly now: number;
}

/** One page of jobs, the newest first. It may have fewer than were asked for, and even none, before the last page. */
export interface JobsPage {
  readonly jobs: readonly Job[];
  /** The id after which the next page begins; undefined on the last page. */
  readonly next: string | undefined;
}

export interface JobsQuery {
  readonly after: string | undefined;
  readonly limit: number;
  /** Only jobs of this key. */
  readonly keyId?: string | undefined;
}

/** Jobs, and the turns of each key. Reads are consistent. Each write is conditional and counts once although it arrives twice. */
export interface JobsStore {
  /**
   * The time of the first of all requests with this id within 24 hours. A job with an id and a `createdAt` of it is made
   * once, also if the process that made it died before it could answer.
   */
  firstAsked(requestId: string, now: number): Promise<number>;
  /**
   * Writes a queued job. `created` also if this very job is there, `exists` if its id is another's, `full` if the key
   * has as many jobs as may run or wait.
   */
  create(job: NewJob): Promise<'created' | 'exists' | 'full'>;
  find(id: string): Promise<Job | undefined>;
  list(kind: JobKindName, query: JobsQuery): Promise<JobsPage>;
  /** Lets waiting jobs of a key run, in their order, while fewer than two do. Returns the jobs that run. */
  admit(keyId: string, now: number): Promise<readonly Job[]>;
  /** Fixes the cut of a running job: the first one stays. Returns the job as it is; undefined if it does not exist. */
  fixCut(id: string, fixed: FixedCut): Promise<Job | undefined>;
  /** Notes that the first parts of a running job's cut were sent. */
  markSent(id: string, sent: { readonly cut: string; readonly now: number }): Promise<void>;
  /** Adds a part to those that have ended. Returns the job after it; undefined if it does not run with this cut. */
  endPart(
    id: string,
    part: { readonly cut: string; readonly part: number; readonly now: number },
  ): Promise<Job | undefined>;
  /** Ends a queued or running job, and frees its turn, in one transaction. True for the one write that ended it. */
  end(id: string, end: JobEnd): Promise<boolean>;
  /**
   * Opens a failed job again: it runs, or waits before all others if two of its key run. With `anew` it gets a new cut,
   * and none of its parts has ended. False if it has not failed.
   */
  reopen(id: string, how: { readonly now: number; readonly anew: boolean }): Promise<boolean>;
  /** The queued and running jobs of all keys. */
  listActive(): AsyncIterable<Job>;
}

/** The kind that an id names; undefined if it is no id of a job. */
export function jobKindOf(id: string): JobKindName | undefined {
  return JOB_KINDS.find((kind) => id.startsWith(`${kind}-`) && id.length > kind.length + 1);
}

/** The number of parts of all phases. */
export function partsOf({ phases }: Pick<Job, 'phases'>): number {
  return phases.reduce((sum, parts) => sum + parts, 0);
}
