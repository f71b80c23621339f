import { closeSync, existsSync, openSync, readSync } from 'node:fs';
import { damageProblem } from './state-problem.ts';

const HEADER = 'SQLite format 3\0';

/** Throws one sentence if the file is there and is no SQLite database: DynamoDB Local would start, and fail every call. */
export function expectSqliteHeader(file: string): void {
  if (!existsSync(file)) return;
  const header = Buffer.alloc(HEADER.length);
  const descriptor = openSync(file, 'r');
  const length = readSync(descriptor, header);
  closeSync(descriptor);
  // An empty file is a database in which nothing was written yet.
  if (length > 0 && header.toString('latin1') !== HEADER) throw new Error(damageProblem(file, 'its header is wrong'));
}
