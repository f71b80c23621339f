import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Names the folder in which processes share packages. A process inherits it from the one that starts it. */
const VARIABLE = 'WEIR_TEST_PACKAGES';

let own: string | undefined;

/** Where packages are kept. A process that shares none has a folder of its own, and removes it at its end. */
export function packagesFolder(): string {
  const shared = process.env[VARIABLE];
  if (shared !== undefined) return shared;
  own ??= makeOwnFolder();
  return own;
}

/** From now on this process shares a new folder with all that it starts. Whoever calls it removes the folder. */
export function sharePackages(): void {
  process.env[VARIABLE] = makeFolder();
}

function makeOwnFolder(): string {
  const folder = makeFolder();
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function makeFolder(): string {
  return mkdtempSync(join(tmpdir(), 'weir-packages-of-run-'));
}
