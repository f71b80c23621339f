import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const POLL_MS = 50;
/** Longer than anything takes that is made here. */
const DEFAULT_PATIENCE_MS = 110_000;

/** Where processes share what they make, and how long one waits for another. */
export interface Shared {
  readonly folder: string;
  readonly patienceMs?: number;
}

/**
 * The folder of `key`, which `make` fills. Of all processes that share a folder, only one makes it; others wait for it,
 * and see it only when it is whole. What could not be made is tried again by whoever asks next.
 */
export function makeOnce({ folder, patienceMs = DEFAULT_PATIENCE_MS }: Shared, key: string, make: Make): string {
  const made = join(folder, createHash('sha256').update(key).digest('hex'));
  for (let waitedMs = 0; !existsSync(made); waitedMs += POLL_MS) {
    if (workUnderLock(`${made}.lock`, () => makeWhole(made, make))) break;
    if (waitedMs > patienceMs) throw new Error(`another process has not made ${key} in ${patienceMs} ms`);
    sleep(POLL_MS);
  }
  return made;
}

type Make = (folder: string) => void;

/** Does `work` unless another process has the lock. Tells whether it could. */
function workUnderLock(lock: string, work: () => void): boolean {
  try {
    mkdirSync(lock);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    work();
  } finally {
    rmdirSync(lock);
  }
  return true;
}

function makeWhole(made: string, make: Make): void {
  // Another process may have made it between the look and the lock.
  if (existsSync(made)) return;
  const draft = `${made}.draft`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft);
  make(draft);
  renameSync(draft, made);
}

/** Blocks the process: packaging blocks it too. */
function sleep(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}
