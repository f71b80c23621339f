// Makes `dist/`, which `npm pack` and `npm publish` put into the package: one module without workspace packages in it,
// and its types.
import { execFileSync } from 'node:child_process';
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');
const DIST = join(ROOT, 'dist');
const TYPES = join(ROOT, 'dist-types');

rmSync(DIST, { recursive: true, force: true });
execFileSync('tsc', ['-b', ROOT], { stdio: 'inherit' });
await build({
  entryPoints: [join(ROOT, 'src/index.ts')],
  outfile: join(DIST, 'index.js'),
  bundle: true,
  format: 'esm',
  platform: 'node',
  // The oldest Node of package.json's `engines`.
  target: 'node20.12',
  external: ['@aws-sdk/*'],
});

for (const file of globSync('**/*.d.ts', { cwd: TYPES, exclude: ['**/*.test.d.ts', 'testing/**'] })) {
  mkdirSync(dirname(join(DIST, file)), { recursive: true });
  const text = readFileSync(join(TYPES, file), 'utf8');
  writeFileSync(join(DIST, file), text.replaceAll(/(from '\.[^']*)\.ts'/g, "$1.js'"));
}
