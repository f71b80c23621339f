// Mocha loads this before the test files of a connected run (.mocharc.connected.json).
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { testFileOf } from '@weir/local/rights';
import type { Runner, Suite } from 'mocha';
import { digestOfSources, RECORD_FILE, type RecordMark } from './record-file.ts';

// Every local AWS of this run reads it, also those in processes of their own.
process.env.WEIR_CALLS_RECORD = RECORD_FILE;

const sources = digestOfSources();

/** Begins a new record, and keeps beside it the file whose tests run. */
export function mochaGlobalSetup(this: Runner): void {
  mkdirSync(dirname(RECORD_FILE), { recursive: true });
  rmSync(testFileOf(RECORD_FILE), { force: true });
  writeFileSync(RECORD_FILE, lineOf('begun'));
  this.on('suite', ({ file }: Suite) => {
    if (file !== undefined) writeFileSync(testFileOf(RECORD_FILE), relative(process.cwd(), file));
  });
}

/** Marks the record as whole if every test has run, and none has failed. */
export function mochaGlobalTeardown(this: Runner): void {
  const isWhole = this.failures === 0 && this.total === this.suite.total();
  if (isWhole) appendFileSync(RECORD_FILE, lineOf('whole'));
}

function lineOf(mark: RecordMark['mark']): string {
  return `${JSON.stringify({ mark, sources } satisfies RecordMark)}\n`;
}
