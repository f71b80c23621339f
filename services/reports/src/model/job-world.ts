import { MemoryObjectStore } from '@weir/archive/memory';
import { cutFolder, type Job, type NewJob } from '@weir/dynamodb/jobs';
import { type JobsState, MemoryJobsStore } from '@weir/dynamodb/jobs/memory';
import type { Chances, VirtualTime } from '@weir/simulation';
import { type Faults, VirtualProcess } from '@weir/simulation';
import { cleanUpJob } from '../jobs/clean-up-job.ts';
import { coordinateKey } from '../jobs/coordinate-key.ts';
import type { JobDeps } from '../jobs/job-deps.ts';
import type { RunningJob } from '../jobs/job-kind.ts';
import type { PartMessage } from '../jobs/part-message.ts';
import { PARTS_OUT } from '../jobs/parts-to-send.ts';
import { redriveJob } from '../jobs/redrive-job.ts';
import { sweepJobs } from '../jobs/sweep-jobs.ts';
import { workPart } from '../jobs/work-part.ts';
import { createSampleKind } from './sample-kind.ts';
import { RECEIVES, VIRTUAL_STALLED_MS, VirtualQueue } from './virtual-queue.ts';
import { type JobRecord, WatchedJobs } from './watched-jobs.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SWEEP_EVERY_MS = 5 * MINUTE_MS;
const FOLDERS_EXPIRE_MS = 48 * HOUR_MS;
const RECORD_ATTEMPTS = 6;

export interface WorldOptions extends Faults {
  readonly double: number;
  readonly loseRecord: number;
  readonly concurrency: number;
  /** The work of a part. */
  readonly partMs: number;
}

/** A stage: its table with the stream, its bucket, the queue with the workers, and what must hold at each write. */
export class JobWorld {
  readonly faults: string[] = [];
  /** What each plan counted, by folder. */
  readonly plans = new Map<string, number>();
  /** Jobs that may fail, since they were last reopened: a message died, or an error came in the last receive. */
  readonly excused = new Set<string>();
  /** Jobs whose record of their end was lost. */
  readonly lostEnds = new Set<string>();
  readonly runs: string[] = [];
  readonly state: JobsState;
  readonly objects: MemoryObjectStore['objects'] = new Map();
  /** The process that wrote an object. */
  readonly writers = new Map<string, VirtualProcess>();
  readonly queue: VirtualQueue;
  readonly time: VirtualTime;
  readonly #chances: Chances;
  readonly #options: WorldOptions;
  #cuts = 0;

  constructor(time: VirtualTime, chances: Chances, options: WorldOptions) {
    this.time = time;
    this.#chances = chances;
    this.#options = options;
    const jobs = new WatchedJobs({
      noteRecord: (record) => this.#deliver(record),
      noteReopened: (id) => this.excused.delete(id),
      noteAdmitted: ({ id, progressAt }) => {
        // A coordinator that stood still admitted it: by its clock, long ago.
        if (progressAt < this.time.now - HOUR_MS) this.excused.add(id);
      },
      noteFault: (fault) => this.faults.push(fault),
    });
    this.state = { jobs, turns: new Map(), asked: new Map() };
    this.queue = new VirtualQueue(time, chances, {
      ...{ double: options.double, concurrency: options.concurrency },
      work: (message, receive) => this.#work(message, receive),
      noteDead: ({ jobId }) => this.excused.add(jobId),
    });
    this.#sweepLater();
  }

  /** The API writes a job. It is told if the answer is lost, and tries again. */
  async create(job: NewJob): Promise<'created' | 'exists' | 'full'> {
    return new MemoryJobsStore(undefined, this.state).create(job);
  }

  async cancel(id: string): Promise<void> {
    await new MemoryJobsStore(undefined, this.state).end(id, { status: 'cancelled', now: this.time.now });
  }

  async redrive(id: string): Promise<void> {
    // Not frozen: it decides by the time whether the folder is still good for a day.
    await this.spawn((deps) => redriveJob(deps, id), { ...this.#options, freeze: 0 });
  }

  /** Runs a process. Rejects if it fails; never ends if it is killed. */
  async spawn<T>(body: (deps: JobDeps) => Promise<T>, faults: Faults = this.#options): Promise<T> {
    const process = new VirtualProcess(this.time, this.#chances, faults);
    const result = await body(this.#depsOf(process));
    // It may be killed after its last call as well.
    await process.turn();
    return result;
  }

  activeJobs(): Job[] {
    return [...this.state.jobs.values()].filter(({ status }) => status === 'queued' || status === 'running');
  }

  text(key: string): string | undefined {
    const found = this.objects.get(key);
    return found && Buffer.from(found.bytes).toString();
  }

  #depsOf(process: VirtualProcess): JobDeps {
    const { turn } = process;
    const files = process.lossy(
      new MemoryObjectStore(() => this.time.now, turn, this.objects),
      (method, args, answer) => {
        const isWrite = method === 'put' || method === 'putStream' || (method === 'create' && answer === true);
        if (isWrite) this.#noteWrite(String(args[0]), process);
      },
    );
    const publish = async (messages: readonly PartMessage[]) => {
      await turn();
      for (const message of messages) this.#send(message);
    };
    const kind = createSampleKind({
      files,
      notePlan: (folder) => this.#notePlan(folder),
      noteRun: (job, part) => this.#noteRun(job, part),
      noteMissing: (job, key) => this.#noteMissing(job, key),
      work: () => new Promise((resolve) => this.time.after(this.#options.partMs, resolve)),
    });
    return {
      ...{ store: process.lossy(new MemoryJobsStore(turn, this.state), () => {}), files },
      ...{ publish: process.lossy({ publish }, () => {}).publish, kindOf: async () => kind },
      ...{ now: () => this.time.now, newCut: () => `c${this.#cuts++}` },
    };
  }

  async #work(message: PartMessage, receive: number): Promise<void> {
    const isLastReceive = receive >= RECEIVES;
    await this.spawn((deps) =>
      workPart(deps, message, { isLastReceive }).catch((error: unknown) => {
        if (isLastReceive) this.excused.add(message.jobId);
        throw error;
      }),
    );
  }

  /** The stream: a record comes again after an error, or if the coordinator was killed, and is then given up. */
  #deliver(record: JobRecord, attempt = 1): void {
    const isLost = attempt > RECORD_ATTEMPTS || this.#chances.is(this.#options.loseRecord);
    if (isLost && record.hasEnded) this.lostEnds.add(record.job.id);
    if (isLost) return;
    const isTwice = this.#chances.is(this.#options.double);
    this.time.after(this.#chances.between(100, 3000), () => {
      let hasEnded = false;
      const again = () => {
        if (!hasEnded) this.#deliver(record, attempt + 1);
        hasEnded = true;
      };
      const run = this.spawn(async (deps) => {
        await coordinateKey(deps, record.job.keyId);
        if (record.hasEnded) await cleanUpJob(deps, record.job.id);
      });
      run.then(() => {
        hasEnded = true;
      }, again);
      this.time.after(5 * MINUTE_MS, again);
    });
    if (isTwice) this.time.after(this.#chances.between(1, 60_000), () => this.#deliver(record, RECORD_ATTEMPTS));
  }

  #sweepLater(): void {
    this.time.after(SWEEP_EVERY_MS, () => {
      this.#expire();
      void this.spawn((deps) => sweepJobs(deps, { stalledAfterMs: VIRTUAL_STALLED_MS })).catch(() => {});
      this.#sweepLater();
    });
  }

  /** The bucket's lifecycle. Of jobs that need their folder no more, it must not hide what was left. */
  #expire(): void {
    for (const [key, { lastModified }] of this.objects) {
      const status = this.state.jobs.get(key.split('/')[1] ?? '')?.status;
      const isNeeded = key.startsWith('jobs/') && status !== 'done' && status !== 'cancelled';
      if (isNeeded && lastModified <= this.time.now - FOLDERS_EXPIRE_MS) this.objects.delete(key);
    }
  }

  #send(message: PartMessage): void {
    this.queue.send(message);
    const job = this.state.jobs.get(message.jobId);
    if (job?.status !== 'running' || job.cut !== message.cut) return;
    const out = [...this.queue.partsOf(job.id, message.cut)].filter((part) => !job.done.has(part));
    if (out.length > PARTS_OUT) this.faults.push(`${out.length} parts of ${job.id} are out`);
  }

  #notePlan(folder: string): number {
    // Events arrive all the time: no plan counts the same as another one.
    const counted = this.plans.size + 1;
    this.plans.set(folder, counted);
    return counted;
  }

  #noteRun({ id, folder }: RunningJob, part: number): void {
    const job = this.state.jobs.get(id);
    this.runs.push(`${id}/${part}`);
    const isRunning = job?.status === 'running' && job.cut !== undefined && cutFolder(id, job.cut) === folder;
    if (!isRunning) this.faults.push(`part ${part} of ${id} began although that is ${job?.status}`);
    if (job?.done.has(part)) this.faults.push(`part ${part} of ${id} began although it had ended`);
  }

  #noteMissing({ id, folder }: RunningJob, key: string): void {
    const job = this.state.jobs.get(id);
    const isNeeded = job?.status === 'running' && job.cut !== undefined && cutFolder(id, job.cut) === folder;
    if (isNeeded) this.faults.push(`${key} is missing while ${id} runs`);
  }

  readonly #written = new Map<string, string | undefined>();

  #noteWrite(key: string, process: VirtualProcess): void {
    this.writers.set(key, process);
    if (!key.startsWith('reports/')) return;
    const before = this.#written.get(key) ?? this.text(key);
    if (before !== this.text(key)) this.faults.push(`other bytes for ${key}`);
    this.#written.set(key, before);
  }
}
