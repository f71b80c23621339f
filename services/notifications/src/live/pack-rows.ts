import type { LiveRow } from './live-row.ts';

/** API Gateway sends a message in frames of 32 KB: one below that is one frame. */
export const MAX_FRAME_BYTES = 32_000;

/** What a frame says of a subscription. */
export interface RowsFrame {
  readonly type: 'snapshot' | 'rows';
  readonly id: string;
  readonly rows: readonly LiveRow[];
  /** Only of the last frame of a snapshot. */
  readonly last?: true;
}

/** The rows of one frame: as many of the first ones as there is room for. There is room for at least one. */
export function fittingRows(id: string, rows: readonly LiveRow[]): readonly LiveRow[] {
  let bytes = sizeOf({ type: 'snapshot', id, rows: [], last: true });
  const count = rows.findIndex((row) => {
    bytes += sizeOf(row) + 1;
    return bytes > MAX_FRAME_BYTES;
  });
  return count === -1 ? rows : rows.slice(0, Math.max(1, count));
}

/** The frames of a snapshot: at least one, and the last one says so. */
export function snapshotFrames(id: string, rows: readonly LiveRow[]): RowsFrame[] {
  const frames: RowsFrame[] = [];
  let left = rows;
  do {
    const fitting = fittingRows(id, left);
    left = left.slice(fitting.length);
    frames.push({ type: 'snapshot', id, rows: fitting, ...(left.length === 0 && { last: true as const }) });
  } while (left.length > 0);
  return frames;
}

function sizeOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
