import { type ArchiveReader, createArchiveReader } from '@weir/archive/reading';
import { createDynamoMetricsStore } from '@weir/dynamodb';
import { failForArchive } from '../kinds/by-user/method/fail-for-archive.ts';
import type { KindSources } from './kind-sources.ts';

/** The archive, as jobs read it: a missing or damaged object is the reason for which a job fails. */
export function openArchive({ metrics, archive }: KindSources): ArchiveReader {
  const reader = createArchiveReader({ store: createDynamoMetricsStore(metrics), objects: archive });
  return {
    readHeads: () => reader.readHeads(),
    listPieces: (range) => failForArchive(reader.listPieces(range)),
    readLines: (piece) => failForArchive(reader.readLines(piece)),
  };
}
