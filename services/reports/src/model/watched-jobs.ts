import { type Job, partsOf, RUNNING_PER_KEY } from '@weir/dynamodb/jobs';

/** What a table's stream tells of a job. */
export interface JobRecord {
  readonly job: Job;
  readonly hasEnded: boolean;
}

interface WatchedOptions {
  readonly noteRecord: (record: JobRecord) => void;
  readonly noteReopened: (id: string) => void;
  readonly noteAdmitted: (job: Job) => void;
  readonly noteFault: (fault: string) => void;
}

const ENDED: readonly Job['status'][] = ['done', 'failed', 'cancelled'];

/** The jobs of the table. Each write is checked, and goes to the stream. */
export class WatchedJobs extends Map<string, Job> {
  readonly #options: WatchedOptions;

  constructor(options: WatchedOptions) {
    super();
    this.#options = options;
  }

  override set(id: string, job: Job): this {
    const before = this.get(id);
    super.set(id, job);
    const hasEnded = ENDED.includes(job.status) && before?.status !== job.status;
    if (before?.status === 'failed' && !ENDED.includes(job.status)) this.#options.noteReopened(id);
    if (before?.status === 'queued' && job.status === 'running') this.#options.noteAdmitted(job);
    if (before && before !== job) this.#check(before, job);
    const running = [...this.values()].filter(({ keyId, status }) => keyId === job.keyId && status === 'running');
    if (running.length > RUNNING_PER_KEY) this.#options.noteFault(`${running.length} jobs of ${job.keyId} run`);
    if (!before || hasEnded) this.#options.noteRecord({ job, hasEnded });
    return this;
  }

  #check(before: Job, job: Job): void {
    const wasClosed = before.status === 'done' || before.status === 'cancelled';
    const isRecut = before.cut !== undefined && job.cut !== undefined && before.cut !== job.cut;
    const hasLostParts = job.cut !== undefined && before.done.size > job.done.size;
    const isDone = job.status === 'done';
    const checks: readonly [string, boolean][] = [
      [`changed after it was ${before.status}`, wasClosed],
      ['got another cut', isRecut],
      ['lost parts that had ended', hasLostParts],
      [`was ${before.status} when it was done`, isDone && before.status !== 'running'],
      ['is done without all parts', isDone && job.done.size < partsOf(job)],
    ];
    for (const [fault, isFound] of checks) if (isFound) this.#options.noteFault(`${job.id} ${fault}`);
  }
}
