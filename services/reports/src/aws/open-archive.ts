import { createArchiveReader } from '@weir/archive/reading';
import { createDynamoMetricsStore } from '@weir/dynamodb';
import type { ArchiveReader } from '../kinds/by-user/method/archive-reader.ts';
import { failForArchive } from '../kinds/by-user/method/fail-for-archive.ts';
import type { KindSources } from './kind-sources.ts';

type Reader = ReturnType<typeof createArchiveReader>;

/** The archive, as jobs read it: a missing or damaged object is the reason for which a job fails. */
export function openArchive({ metrics, archive }: KindSources): ArchiveReader {
  const reader: Reader = createArchiveReader({ store: createDynamoMetricsStore(metrics), objects: archive });
  return {
    readHeads: () => reader.readHeads(),
    listPieces: (range) => failForArchive(reader.listPieces(range as Parameters<Reader['listPieces']>[0])),
    readLines: (piece) => failForArchive(reader.readLines(piece as Parameters<Reader['readLines']>[0])),
  };
}
