import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { damageProblem } from './state-problem.ts';

/** A small map of JSON values, kept in a file between runs. */
export interface JsonStore<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  entries(): readonly (readonly [string, T])[];
}

/**
 * Opens the store in `file`, or in memory if `file` is undefined. Each change is on disk when `set` returns; a change that
 * cannot be written is not made.
 */
export function openJsonStore<T>(file: string | undefined): JsonStore<T> {
  let values = new Map<string, T>(file === undefined ? [] : readEntries<T>(file));
  const save = (changed: Map<string, T>) => {
    if (file !== undefined) writeJson(file, [...changed]);
    values = changed;
  };
  return {
    get: (key) => values.get(key),
    set: (key, value) => save(new Map(values).set(key, value)),
    delete: (key) => {
      const changed = new Map(values);
      if (changed.delete(key)) save(changed);
    },
    entries: () => [...values],
  };
}

function readEntries<T>(file: string): [string, T][] {
  const value = readJson(file) ?? [];
  if (!Array.isArray(value) || !value.every(isEntry)) throw new Error(damageProblem(file, 'it holds no entries'));
  return value;
}

function isEntry(value: unknown): boolean {
  return Array.isArray(value) && value.length === 2 && typeof value[0] === 'string';
}

/** The value in the file, or undefined if there is no such file. Throws one sentence if it is damaged. */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new Error(damageProblem(file, (error as Error).message), { cause: error });
  }
}

/** Renamed into place: a crash leaves the old file or the new one. */
export function writeJson(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.new`, JSON.stringify(value));
  renameSync(`${file}.new`, file);
}
