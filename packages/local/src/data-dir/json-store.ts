import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** A small map of JSON values, kept in a file between runs. */
export interface JsonStore<T> {
  get(key: string): T | undefined;
  set(key: string, value: T): void;
  delete(key: string): void;
  entries(): readonly (readonly [string, T])[];
}

/** Opens the store in `file`, or in memory if `file` is undefined. Each change is on disk when `set` returns. */
export function openJsonStore<T>(file: string | undefined): JsonStore<T> {
  const values = new Map<string, T>(file === undefined ? [] : readEntries<T>(file));
  const save = () => {
    if (file === undefined) return;
    mkdirSync(dirname(file), { recursive: true });
    // Renamed into place: a crash leaves the old file or the new one.
    writeFileSync(`${file}.new`, JSON.stringify([...values]));
    renameSync(`${file}.new`, file);
  };
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      values.set(key, value);
      save();
    },
    delete: (key) => {
      if (values.delete(key)) save();
    },
    entries: () => [...values],
  };
}

function readEntries<T>(file: string): [string, T][] {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as [string, T][];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new Error(`${file} cannot be read; \`npm run reset\` empties the local state`, { cause: error });
  }
}
