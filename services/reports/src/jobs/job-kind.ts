import type { Question } from '@weir/dynamodb/jobs';

/** A job whose cut is fixed, as its parts see it. */
export interface RunningJob {
  readonly id: string;
  readonly question: Question;
  /** `jobs/<id>/<cut>/` in the bucket of reports: what the plan wrote, and results of parts. */
  readonly folder: string;
  /** Number of parts of each phase. The numbers of parts go on over the phases. */
  readonly phases: readonly number[];
}

/**
 * The files of a result, in pieces: a file may be larger than the memory. `ObjectStore.putStream` takes each of them,
 * one after the other. What a file is made of is read while it is written, so the job's folder must be there until then.
 */
export interface JobFiles {
  readonly json: AsyncIterable<Uint8Array>;
  readonly csv: AsyncIterable<Uint8Array>;
  readonly html: AsyncIterable<Uint8Array>;
}

/** A kind of job. */
export interface JobKind {
  /**
   * Fixes the cut: writes what the parts read below `folder`, which is this attempt's own. The first attempt that is
   * noted is the cut. An error that comes again each time is a `JobFailure`.
   */
  plan(question: Question, folder: string): Promise<{ readonly phases: readonly number[] }>;
  /**
   * Does one part. It is repeatable, and may run twice at once: results below the folder are created once
   * (`files.create`), and the first is the part. Parts of a phase begin when those of the phase before have ended.
   */
  run(job: RunningJob, part: number): Promise<void>;
  /** Makes the result of all parts, the same bytes each time. */
  assemble(job: RunningJob): Promise<JobFiles>;
}

/** A reason for which a job fails, in a word that its caller may read: `missing-archive-object`. */
export class JobFailure extends Error {
  readonly reason: string;

  constructor(reason: string, options?: ErrorOptions) {
    super(`the job failed: ${reason}`, options);
    this.reason = reason;
  }
}
