import type { RecordFormat } from './record-format.ts';
import type { RunCursor } from './run-cursor.ts';

/** The cursors that have records left, the one with the least record on top. */
export class CursorHeap {
  readonly #format: RecordFormat;
  readonly #cursors: RunCursor[];

  constructor(format: RecordFormat, cursors: readonly RunCursor[]) {
    this.#format = format;
    this.#cursors = cursors.filter(({ size }) => size > 0).sort((a, b) => this.#compare(a, b));
  }

  get top(): RunCursor | undefined {
    return this.#cursors[0];
  }

  /** Puts the top where it belongs after it has moved on, or takes it out at its end. */
  settle(): void {
    const cursors = this.#cursors;
    if (cursors[0]?.size === 0) {
      const last = cursors.pop();
      if (!last || cursors.length === 0) return;
      cursors[0] = last;
    }
    this.#sink();
  }

  #sink(): void {
    const cursors = this.#cursors;
    const moved = cursors[0] as RunCursor;
    let at = 0;
    for (let child = 1; child < cursors.length; child = 2 * at + 1) {
      const right = cursors[child + 1];
      if (right && this.#compare(right, cursors[child] as RunCursor) < 0) child++;
      const least = cursors[child] as RunCursor;
      if (this.#compare(moved, least) < 0) break;
      cursors[at] = least;
      at = child;
    }
    cursors[at] = moved;
  }

  #compare(a: RunCursor, b: RunCursor): number {
    return this.#format.compare(a, b) || a.order - b.order;
  }
}
