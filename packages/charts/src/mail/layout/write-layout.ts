// Compiles mail-layout.mjml to mail-layout.json, which is committed: `npm run mail-layout -w packages/charts`.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compileLayout } from './compile-layout.ts';

const SOURCE = join(import.meta.dirname, 'mail-layout.mjml');
const TARGET = join(import.meta.dirname, 'mail-layout.json');

const parts = await compileLayout(readFileSync(SOURCE, 'utf8'));
writeFileSync(TARGET, `${JSON.stringify(parts, undefined, 2)}\n`);
