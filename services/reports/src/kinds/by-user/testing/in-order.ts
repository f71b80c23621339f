import type { ArchiveLine } from '@weir/archive/reading';
import type { LinesPiece } from './memory-archive.ts';

/** The lines in the order in which a user's events are followed, with the user of each. */
export function inOrder(pieces: readonly LinesPiece[]): ArchiveLine[] {
  return pieces
    .flatMap(({ lines }) => lines)
    .map((one, position) => ({ one, position }))
    .sort((a, b) => a.one.timestamp - b.one.timestamp || a.one.arrival - b.one.arrival || a.position - b.position)
    .map(({ one }) => one);
}
