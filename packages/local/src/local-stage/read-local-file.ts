import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LocalFile } from './local-file.ts';

export type { LocalFile } from './local-file.ts';

import { stateDir } from './state-dir.ts';

/** How to reach the Weir that `npm start` runs on this machine; undefined if it does not run. */
export function readLocalFile(): LocalFile | undefined {
  const file = join(stateDir, 'local.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as LocalFile) : undefined;
}
