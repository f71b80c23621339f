import type { FromSchema } from '@weir/events';
import type { rowsFrameSchema, subscriptionRowsSchema } from './frame-schemas.ts';
import type { LiveRow } from './live-row.ts';

/** API Gateway sends a message in frames of 32 KB: one below that is one frame. */
export const MAX_FRAME_BYTES = 32_000;

/** Rows of one subscription. */
export type SubscriptionRows = FromSchema<typeof subscriptionRowsSchema>;

/** What a frame says of a subscription. */
export type RowsFrame = FromSchema<typeof rowsFrameSchema>;

/**
 * A frame with as many rows of these subscriptions, in their order, as there is room for: at least one. undefined if there
 * are no rows.
 */
export function rowsFrame(parts: readonly SubscriptionRows[]): RowsFrame | undefined {
  let room = MAX_FRAME_BYTES - sizeOf({ type: 'rows', also: [] }) - 1;
  const fitting: SubscriptionRows[] = [];
  for (const { id, rows } of parts) {
    room -= sizeOf({ id, rows: [] }) + 1;
    const own = firstRows(rows, room);
    const kept = own.length === 0 && fitting.length === 0 ? rows.slice(0, 1) : own;
    if (kept.length > 0) fitting.push({ id, rows: kept });
    if (kept.length < rows.length) break;
    room -= kept.reduce((bytes, row) => bytes + sizeOf(row) + 1, 0);
  }
  const [first, ...also] = fitting;
  return first && { type: 'rows', ...first, ...(also.length > 0 && { also }) };
}

/** The frames of a snapshot: at least one, and the last one says so. */
export function snapshotFrames(id: string, rows: readonly LiveRow[]): RowsFrame[] {
  const room = MAX_FRAME_BYTES - sizeOf({ type: 'snapshot', id, rows: [], last: true });
  const frames: RowsFrame[] = [];
  let left = rows;
  do {
    const fitting = firstRows(left, room);
    left = left.slice(fitting.length);
    frames.push({ type: 'snapshot', id, rows: fitting, ...(left.length === 0 && { last: true as const }) });
  } while (left.length > 0);
  return frames;
}

/** As many of the first rows as have room, in bytes, with the commas between them. */
function firstRows(rows: readonly LiveRow[], room: number): readonly LiveRow[] {
  let bytes = 0;
  const count = rows.findIndex((row) => {
    bytes += sizeOf(row) + 1;
    return bytes > room;
  });
  return count === -1 ? rows : rows.slice(0, count);
}

function sizeOf(value: object): number {
  return Buffer.byteLength(JSON.stringify(value));
}
