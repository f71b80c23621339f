import type { Position } from '@weir/events';
import type { ArchiveLine } from './archive-line.ts';

/** Keeps the lines past one position and up to another; the lines come in order, and some may come again. */
export class PositionCut {
  #after: Position | undefined;
  readonly #upTo: Position | undefined;
  #isPast = false;

  constructor({ after, upTo }: { readonly after?: Position; readonly upTo?: Position }) {
    this.#after = after;
    this.#upTo = upTo;
  }

  /** Whether a line past the end has come. */
  get isPast(): boolean {
    return this.#isPast;
  }

  /** Only the first and the last line of a block show whether any of it is cut off. */
  take(lines: ArchiveLine[]): ArchiveLine[] {
    const first = lines[0];
    const last = lines.at(-1);
    if (!first || !last) return lines;
    let kept = lines;
    if (!isPast(first, this.#after)) kept = kept.filter((line) => isPast(line, this.#after));
    if (this.#upTo && isPast(last, this.#upTo)) {
      kept = kept.filter((line) => !isPast(line, this.#upTo));
      this.#isPast = true;
    }
    if (isPast(last, this.#after)) this.#after = { sequenceNumber: last.sequenceNumber, index: last.index };
    return kept;
  }
}

function isPast(line: Position, other: Position | undefined): boolean {
  if (!other || line.sequenceNumber > other.sequenceNumber) return true;
  return line.sequenceNumber === other.sequenceNumber && line.index > other.index;
}
