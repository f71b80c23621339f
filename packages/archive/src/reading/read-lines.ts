import type { ArchiveRun, ArchiveRuns } from '@weir/dynamodb';
import { parseObjectKey, runObjectKey } from '../archive-names.ts';
import { MissingObject } from '../object-store.ts';
import { MissingArchiveObject } from './archive-faults.ts';
import type { ArchiveLine } from './archive-line.ts';
import type { ArchivePiece, ArchiveSources } from './archive-piece.ts';
import { ObjectsAhead } from './objects-ahead.ts';
import { PositionCut } from './position-cut.ts';

/**
 * The lines of a piece in order of position, in blocks. If a sweep or an erasure has replaced an object, reading goes on
 * in the object that holds its lines now: each line is given exactly once.
 */
export async function* readLines(sources: ArchiveSources, piece: ArchivePiece): AsyncGenerator<ArchiveLine[]> {
  const objects = new ObjectsAhead(sources.objects, piece.keys);
  const cut = new PositionCut(piece);
  let read = -1;
  for (const key of piece.keys) {
    const number = parseObjectKey(key)?.number ?? piece.first;
    if (number <= read) continue;
    const found = await openCurrent({ ...sources, ahead: objects }, { key, number, logId: piece.logId });
    for await (const lines of found.blocks) {
      const kept = cut.take(lines);
      if (kept.length > 0) yield kept;
      if (cut.isPast) return;
    }
    read = found.to;
  }
}

/** An object that a piece names, and the entry that it begins with. */
interface NamedObject {
  readonly key: string;
  readonly number: number;
  readonly logId: string;
}

interface OpenObject {
  readonly blocks: AsyncIterable<ArchiveLine[]>;
  /** The last entry whose lines it holds. */
  readonly to: number;
}

type Opening = ArchiveSources & { readonly ahead: ObjectsAhead };

/** Opens the object, or the one that holds its lines now. */
async function openCurrent(opening: Opening, { key: named, number, logId }: NamedObject): Promise<OpenObject> {
  let missed: string | undefined;
  let to = number;
  for (let key = named; ; ) {
    try {
      return { blocks: await opening.ahead.open(key), to };
    } catch (error) {
      if (!(error instanceof MissingObject)) throw error;
    }
    // An object is removed only after its run names another one. Without a run, the entry names the small object.
    const run = await runOf(opening.store, logId, number);
    const current = run ? runObjectKey(run) : named;
    const isNamed = current === key && missed === key;
    to = run?.to ?? number;
    const entries = { first: run?.from ?? number, last: to };
    if (current === undefined || isNamed) throw new MissingArchiveObject(key, logId, entries);
    missed = key;
    key = current;
  }
}

/** The run that holds an entry. */
async function runOf(
  store: Pick<ArchiveRuns, 'newestRuns'>,
  logId: string,
  number: number,
): Promise<ArchiveRun | undefined> {
  const [run] = await store.newestRuns(logId, 1, number + 1);
  return run && run.to >= number ? run : undefined;
}
