import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { contractFiles } from './contract-files.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Writes the contracts as the code has them. `npm run contracts` runs this. */
for (const [path, text] of Object.entries(contractFiles())) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
