import {
  decodeDayRow,
  decodeHourRow,
  encodeDayRow,
  encodeHourRow,
  type HourRow,
  mergeDayRows,
  mergeHourRows,
} from '@weir/aggregates';
import { decodeRow, type RowStore, type StoredRow } from '@weir/dynamodb';
import type { Cell } from '../cells/cells.ts';
import { HOURS_A_DAY } from '../cells/time.ts';
import type { AuditBase } from './read-base.ts';

/** Actions whose rows are queried at once. */
const ACTIONS_AT_ONCE = 16;

/** The rows of a UTC day and of its hours, each merged over all logs, in order of actions. */
export async function* readDayRows(store: Pick<RowStore, 'queryRows'>, base: AuditBase, day: number) {
  for (let i = 0; i < base.actions.length; i += ACTIONS_AT_ONCE) {
    const some = base.actions.slice(i, i + ACTIONS_AT_ONCE);
    const cells = await Promise.all(some.map((action) => readAction(store, base, { action, day })));
    for (const ofAction of cells) yield* ofAction;
  }
}

async function readAction(
  store: Pick<RowStore, 'queryRows'>,
  { watermarks }: AuditBase,
  { action: subject, day }: { action: string; day: number },
): Promise<Cell[]> {
  const from = day * HOURS_A_DAY;
  const [hours, days] = await Promise.all([
    store.queryRows({ kind: 'hour', subject, from, to: from + HOURS_A_DAY - 1 }),
    store.queryRows({ kind: 'day', subject, from: day, to: day }),
  ]);
  const byHour = Map.groupBy(hours, ({ key }) => key.bucket);
  const cells = [...byHour].map(([bucket, rows]) => cellOf(rows, { unit: 'hour', bucket, watermarks }));
  if (days.length > 0) cells.push(cellOf(days, { unit: 'day', bucket: day, watermarks }));
  return cells;
}

function cellOf(rows: readonly StoredRow[], of: Pick<Cell, 'unit' | 'bucket'> & Pick<AuditBase, 'watermarks'>): Cell {
  const { unit, bucket, watermarks } = of;
  const past = rows.filter(({ key, upTo }) => upTo > (watermarks[key.logId] ?? -1));
  return {
    action: rows[0]?.key.subject ?? '',
    unit,
    bucket,
    body: unit === 'hour' ? mergedHour(rows) : mergedDay(rows),
    upTo: Object.fromEntries(past.map(({ key, upTo }) => [key.logId, upTo])),
  };
}

function mergedHour(rows: readonly StoredRow[]): Uint8Array {
  return encodeHourRow(mergeHourRows(rows.map((row) => decodeRow(row, decodeWholeHour))));
}

/** With its sketches, which are decoded when they are first read: here the error still knows the row. */
function decodeWholeHour(body: Uint8Array): HourRow {
  const { minutes, users, values } = decodeHourRow(body);
  return { minutes, users, values };
}

function mergedDay(rows: readonly StoredRow[]): Uint8Array {
  return encodeDayRow(mergeDayRows(rows.map((row) => decodeRow(row, decodeDayRow))));
}
