// Mocha loads this before the test files of a run whose processes share packages (.mocharc.templates.json).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { serviceNames } from '../package-service.ts';
import { packagesFolder, sharePackages } from './packages-folder.ts';

/** Nearly every file of tests begins with its packages. */
const STAGE = 'production';

/** Mocha calls it once for a run, in its first process: no package is older than the run. */
export async function mochaGlobalSetup(): Promise<void> {
  sharePackages();
  const names = serviceNames();
  // Two at a time, from both ends. The test files, which begin with the same one, would wait for each other.
  await Promise.all([names, names.toReversed()].map(packageAhead));
}

/** Mocha calls it after the last test, also if that failed. */
export function mochaGlobalTeardown(): void {
  rmSync(packagesFolder(), { recursive: true });
}

/** Says nothing of a service that cannot be packaged: the tests do. */
async function packageAhead(names: readonly string[]): Promise<void> {
  const file = join(import.meta.dirname, 'package-ahead.ts');
  await once(spawn(process.execPath, [file, STAGE, ...names], { stdio: 'ignore' }), 'exit');
}
