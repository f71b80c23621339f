import { DamagedArchiveObject, MissingArchiveObject } from '@weir/archive/reading';
import { JobFailure } from '../../../jobs/job-kind.ts';

/** Passes items of the archive on. If an object is missing or damaged, the job fails for that reason. */
export async function* failForArchive<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    const reason = reasonOf(error);
    throw reason === undefined ? error : new JobFailure(reason, { cause: error });
  }
}

function reasonOf(error: unknown): string | undefined {
  if (error instanceof MissingArchiveObject) return 'missing-archive-object';
  if (error instanceof DamagedArchiveObject) return 'damaged-archive-object';
  return undefined;
}
