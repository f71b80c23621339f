import { createHash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';

/** The stamp of a file that is not there. */
const NO_FILE = 'none';

/**
 * Tells a file's state without reading it: a change of the file gives another stamp. It leaves out the time of change of
 * the inode, which moves when another checkout shares the file by a hard link.
 */
export interface FileStamps {
  stampOf(path: string): string;
  /** Tells the content, for a file that is often written without a change. */
  contentOf(path: string): string;
  /** When the file was written last, in epoch milliseconds. */
  changedAt(path: string): number;
}

/** Stamps as they are now: each file is looked at once. Make new ones for a later look. */
export function createFileStamps(): FileStamps {
  const seen = new Map<string, Stats | undefined>();
  const read = new Map<string, string>();
  const look = (path: string): Stats | undefined => {
    if (!seen.has(path)) seen.set(path, statSync(path, { throwIfNoEntry: false }));
    return seen.get(path);
  };
  return {
    stampOf: (path) => {
      const found = look(path);
      return found === undefined ? NO_FILE : `${found.ino} ${found.size} ${found.mtimeMs}`;
    },
    contentOf: (path) => {
      const known = read.get(path) ?? (look(path) === undefined ? NO_FILE : hashOf(path));
      read.set(path, known);
      return known;
    },
    changedAt: (path) => look(path)?.mtimeMs ?? 0,
  };
}

function hashOf(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}
