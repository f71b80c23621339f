import { buffer } from 'node:stream/consumers';
import type { ArchivePiece } from '@weir/archive/reading';
import { type Cell, writeCells } from '../../cells/cells.ts';
import type { AuditDeps, WorkFolder } from '../../checkpoint/audit-deps.ts';
import type { Checkpoint, CountedPart } from '../../checkpoint/checkpoint.ts';
import { foldPiece, type LostObject } from '../../lines/fold-piece.ts';
import { LineFold } from '../../lines/line-fold.ts';

/** Counts pieces until the deadline, at least one, or until as much is counted as memory may hold. */
export async function countPieces(
  { archive, work, now, maxBytes }: AuditDeps,
  checkpoint: Checkpoint,
  deadline: number,
): Promise<Checkpoint> {
  const pieces = await readPieces(work, checkpoint);
  const fold = new LineFold(checkpoint.span);
  const lost: LostObject[] = [...checkpoint.lost];
  let { counted } = checkpoint;
  do {
    const piece = pieces[counted];
    if (!piece) break;
    lost.push(...(await foldPiece(archive, piece, (lines) => fold.add(lines))));
    counted++;
  } while (now() < deadline && fold.maxBytes < maxBytes);
  return { ...checkpoint, counted, lost, parts: [...checkpoint.parts, ...(await writeParts(work, fold))] };
}

async function readPieces({ files }: WorkFolder, { pieces = '' }: Checkpoint): Promise<ArchivePiece[]> {
  return JSON.parse((await buffer(await files.get(pieces))).toString()) as ArchivePiece[];
}

async function writeParts({ files, newKey }: WorkFolder, fold: LineFold): Promise<CountedPart[]> {
  const parts: CountedPart[] = [];
  for (const [day, cells] of fold.takeDays()) {
    const key = newKey(`part-${day}`);
    await writeCells(files, key, eachOf(cells));
    parts.push({ day, key });
  }
  return parts;
}

async function* eachOf(cells: readonly Cell[]): AsyncIterable<Cell> {
  yield* cells;
}
