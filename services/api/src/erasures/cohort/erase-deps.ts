import type { ObjectStore } from '@weir/archive';
import type { ArchiveRuns, LogStore } from '@weir/dynamodb';
import type { ErasureStore, PassStore } from '@weir/dynamodb/erasures';
import type { Logger } from '@weir/logging';
import type { Cohort } from './cohort.ts';

/** Dependencies of erasing. */
export interface EraseDeps {
  readonly store: Pick<LogStore, 'list' | 'readAfter'> & Pick<ArchiveRuns, 'newestRuns' | 'findRun'>;
  readonly erasures: ErasureStore;
  readonly passes: PassStore;
  readonly objects: ObjectStore;
  readonly now: () => number;
  readonly log: Logger;
}

/** One pass, as its workers see it. */
export interface PassJob {
  /** Its number. */
  readonly pass: number;
  readonly cohort: Cohort;
}

/** The pass no longer walks: another worker ended it. A worker that gets this error stops. */
export class PassOver extends Error {
  constructor(pass: number) {
    super(`pass ${pass} no longer walks`);
  }
}

/** Throws if the pass no longer walks. */
export async function expectWalking({ passes }: Pick<EraseDeps, 'passes'>, { pass }: PassJob): Promise<void> {
  const { number, phase } = await passes.find();
  if (number !== pass || phase !== 'walking') throw new PassOver(pass);
}
