import type { JobResult } from '../../kinds/results.ts';

/** What was asked. Times are epoch milliseconds; `to` is exclusive. */
export interface AskedQuestion {
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** Undefined: all actions. */
  readonly actions?: readonly string[] | undefined;
}

/**
 * The files of a job in pieces, the same bytes each time: a file may be larger than the memory.
 * `ObjectStore.putStream` takes each of them.
 */
export interface JobFiles {
  readonly json: AsyncIterable<Uint8Array>;
  readonly csv: AsyncIterable<Uint8Array>;
  readonly html: AsyncIterable<Uint8Array>;
}

/** Makes the files of a result. Nothing is read before a file is. */
export async function renderJob(_job: {
  readonly question: AskedQuestion;
  readonly result: JobResult;
}): Promise<JobFiles> {
  throw new Error('there are no renderers yet');
}
