import { parseObjectKey } from '@weir/archive';
import {
  type ArchiveLine,
  type ArchivePiece,
  type ArchiveReader,
  DamagedArchiveObject,
  MissingArchiveObject,
} from '@weir/archive/reading';

/** An object of the archive that is missing, or of which lines cannot be read. */
export interface LostObject {
  readonly key: string;
  readonly reason: 'missing' | 'damaged';
  /** Hours of arrival since the epoch. */
  readonly hour: number;
}

/**
 * Gives every line of a piece that can be read to `add`, and returns the objects that are missing or damaged. Each is one
 * finding; the objects after it are read.
 */
export async function foldPiece(
  reader: Pick<ArchiveReader, 'readLines'>,
  piece: ArchivePiece,
  add: (lines: readonly ArchiveLine[]) => void,
): Promise<LostObject[]> {
  const lost = new Map<string, LostObject>();
  let rest: ArchivePiece | undefined = piece;
  while (rest) {
    const current: ArchivePiece = rest;
    let last: ArchiveLine | undefined;
    try {
      for await (const lines of reader.readLines(current)) {
        add(lines);
        last = lines.at(-1) ?? last;
      }
      rest = undefined;
    } catch (error) {
      const found = lostObject(error, piece.hour);
      if (!found) throw error;
      lost.set(found.object.key, found.object);
      rest = restAfter(current, found.entry, last);
    }
  }
  return [...lost.values()];
}

/** The object, and the last entry that is lost with it, as far as it is known. */
function lostObject(error: unknown, hour: number): { object: LostObject; entry: number } | undefined {
  if (error instanceof MissingArchiveObject) {
    return { object: { key: error.key, reason: 'missing', hour }, entry: error.entries.last };
  }
  if (!(error instanceof DamagedArchiveObject)) return undefined;
  return { object: { key: error.key, reason: 'damaged', hour }, entry: parseObjectKey(error.key)?.number ?? -1 };
}

/** The objects of later entries. They may have become one that has earlier lines too: `after` cuts these off. */
function restAfter(piece: ArchivePiece, entry: number, last: ArchiveLine | undefined): ArchivePiece | undefined {
  const numbers = piece.keys.map((key) => parseObjectKey(key)?.number ?? piece.first);
  // At least one object fewer each time.
  const past = Math.max(entry, numbers[0] ?? entry);
  const keys = piece.keys.filter((_, i) => (numbers[i] ?? 0) > past);
  if (keys.length === 0) return undefined;
  const after = last ? { sequenceNumber: last.sequenceNumber, index: last.index } : piece.after;
  return { ...piece, first: past + 1, keys, ...(after && { after }) };
}
