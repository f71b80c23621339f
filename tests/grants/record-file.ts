import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RecordedNeed } from '@weir/local/rights';

const ROOT = join(import.meta.dirname, '../..');

/** Where a connected run records what roles were asked for. */
export const RECORD_FILE = join(ROOT, 'node_modules/.cache/weir/calls.ndjson');

/** The first line of a record, and the last of one that is whole. */
export interface RecordMark {
  readonly mark: 'begun' | 'whole';
  /** Tells whether the code has changed since. */
  readonly sources: string;
}

/** A record, or why there is none that says anything. */
export type ReadRecord = { readonly needs: readonly RecordedNeed[] } | { readonly problem: string };

/** Reads the record of a whole run of this code. */
export function readRecord(text: string | undefined, sources: string): ReadRecord {
  if (text === undefined) return { problem: 'no connected run has recorded its calls' };
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(asLocal(line)) as RecordedNeed | RecordMark);
  const marks = lines.filter((line) => 'mark' in line);
  const needs = lines.filter((line) => 'role' in line);
  if (marks.at(-1)?.mark !== 'whole') return { problem: 'the last connected run was not whole, or failed' };
  const isOld = marks.some((mark) => mark.sources !== sources);
  if (isOld) return { problem: 'the code has changed since the connected run' };
  return needs.length === 0 ? { problem: 'the connected run has recorded no calls' } : { needs };
}

/** Functions that run in the process of a test have the stage `test`. */
function asLocal(line: string): string {
  return line.replaceAll(/weir-test-|(weir-[a-z-]+)-test-/g, (_all, service) => `${service ?? 'weir'}-local-`);
}

/** A digest of all that decides which calls are made and which are granted. */
export function digestOfSources(root = ROOT): string {
  const hash = createHash('sha256');
  for (const file of ['serverless.common.yml', 'stage-params.cjs']) hash.update(readFileSync(join(root, file)));
  for (const folder of ['packages', 'services', 'tests']) {
    for (const file of sourceFiles(join(root, folder))) hash.update(file).update(readFileSync(file));
  }
  return hash.digest('hex');
}

function sourceFiles(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !name.startsWith('.') && name !== 'node_modules' && name !== 'dist-types')
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return sourceFiles(path);
      return /\.(?:ts|mjs|cjs|yml)$/.test(entry.name) && !entry.name.startsWith('serverless.changed') ? [path] : [];
    });
}
