import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { compress } from '@weir/archive';

/** The counts of one action in one hour. */
export interface CountedHour {
  readonly action: string;
  /** Epoch milliseconds. */
  readonly start: number;
  readonly count: number;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
}

const page = await readFile(join(import.meta.dirname, '../../docs/exactly-once.md'), 'utf8');

/** The query of docs/exactly-once.md, unchanged. */
export const documentedSql = /```sql\n(.*?)```/s.exec(page)?.[1] ?? '';

/** Runs the documented query over archive objects with these lines, in a folder of their own. */
export async function countWithSql(objects: readonly string[]): Promise<CountedHour[]> {
  const folder = await mkdtemp(join(tmpdir(), 'weir-archive-'));
  const hour = join(folder, 'events/dt=2026-01-10/hour=11');
  const instance = await DuckDBInstance.create();
  const connection = await instance.connect();
  try {
    await mkdir(hour, { recursive: true });
    await Promise.all(
      objects.map((lines, at) => writeFile(join(hour, `${at}.ndjson.zst`), compress(Buffer.from(lines)))),
    );
    const sql = documentedSql.replace("'events/", `'${folder}/events/`);
    const reader = await connection.runAndReadAll(sql);
    return reader.getRowsJS().map(([action, start, count, sum, min, max]) => ({
      action: String(action),
      start: (start as Date).getTime(),
      count: Number(count),
      ...{ sum: Number(sum), min: Number(min), max: Number(max) },
    }));
  } finally {
    connection.closeSync();
    instance.closeSync();
    await rm(folder, { recursive: true });
  }
}
