import { createArchiveReader, MissingArchiveObject } from '@weir/archive/reading';
import { createDynamoMetricsStore } from '@weir/dynamodb';
import { JobFailure } from '../jobs/job-kind.ts';
import type { ArchiveReader } from '../kinds/by-user/method/archive-reader.ts';
import type { KindSources } from './kind-sources.ts';

type Reader = ReturnType<typeof createArchiveReader>;

/** The archive, as jobs read it: a missing object is the reason for which a job fails. */
export function openArchive({ metrics, archive }: KindSources): ArchiveReader {
  const reader: Reader = createArchiveReader({ store: createDynamoMetricsStore(metrics), objects: archive });
  return {
    readHeads: () => reader.readHeads(),
    listPieces: (range) => withReason(reader.listPieces(range as Parameters<Reader['listPieces']>[0])),
    readLines: (piece) => withReason(reader.readLines(piece as Parameters<Reader['readLines']>[0])),
  };
}

async function* withReason<T>(items: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* items;
  } catch (error) {
    if (error instanceof MissingArchiveObject) throw new JobFailure('missing-archive-object', { cause: error });
    throw error;
  }
}
